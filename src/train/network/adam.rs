//! Steps of each weight's own size, by the means of its gradient and of its square.

/// What is remembered of some weights.
pub(super) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Adam {
    pub(super) fn new(count: usize) -> Adam {
        Adam {
            first: vec![0.0; count],
            second: vec![0.0; count],
        }
    }

    /// Moves `weights`, which are those from `from` on, along `gradient`.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        from: usize,
        weights: &mut [f32],
        gradient: &[f32],
        rate: f32,
        shrink: f32,
    ) {
        let to = from + weights.len();
        for (((weight, g), first), second) in weights
            .iter_mut()
            .zip(gradient)
            .zip(&mut self.first[from..to])
            .zip(&mut self.second[from..to])
        {
            *first = 0.9 * *first + 0.1 * g;
            *second = 0.999 * *second + 0.001 * g * g;
            *weight += rate * (*first / (second.sqrt() + 1e-6) - shrink * *weight);
        }
    }
}
