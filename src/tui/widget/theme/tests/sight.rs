//! How colours are seen: contrast (WCAG 2), the distance of two colours (CIEDE2000), and what
//! eyes see that lack one kind of cones (Machado, Oliveira and Fernandes 2009).

/// Red, green and blue in linear light, 0 to 1.
type Light = [f64; 3];

/// A deficiency of sight, complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    Usual,
    Protanopia,
    Deuteranopia,
    Tritanopia,
}

impl Sight {
    pub(super) const ALL: [Sight; 4] = [
        Sight::Usual,
        Sight::Protanopia,
        Sight::Deuteranopia,
        Sight::Tritanopia,
    ];

    /// The matrix for severity 1.0, for linear light.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Sight::Usual => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Sight::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Sight::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Sight::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }

    fn sees(self, light: Light) -> Light {
        self.matrix()
            .map(|row| (0..3).map(|at| row[at] * light[at]).sum::<f64>())
            .map(|value| value.clamp(0.0, 1.0))
    }
}

fn linear(rgb: [u8; 3]) -> Light {
    rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// The contrast of two colours, 1 to 21.
pub(super) fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |rgb| {
        let [r, g, b] = linear(rgb);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How far apart two colours are for those eyes, as CIEDE2000 counts.
pub(super) fn distance(a: [u8; 3], b: [u8; 3], sight: Sight) -> f64 {
    ciede2000(lab(sight.sees(linear(a))), lab(sight.sees(linear(b))))
}

/// CIELAB under D65.
fn lab([r, g, b]: Light) -> [f64; 3] {
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 {
            t.cbrt()
        } else {
            (24_389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let x = f((0.412_456 * r + 0.357_576 * g + 0.180_437 * b) / 0.950_47);
    let y = f(0.212_673 * r + 0.715_152 * g + 0.072_175 * b);
    let z = f((0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Sharma, Wu and Dalal 2005, in the names of the paper.
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let c_bar = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let g = 0.5 * (1.0 - seventh(c_bar));
    let (a1, a2) = ((1.0 + g) * a1, (1.0 + g) * a2);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| match (a, b) {
        (0.0, 0.0) => 0.0,
        _ => b.atan2(a).to_degrees().rem_euclid(360.0),
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turned = h2 - h1;
    let delta_h = match turned {
        _ if grey => 0.0,
        t if t > 180.0 => t - 360.0,
        t if t < -180.0 => t + 360.0,
        t => t,
    };
    let delta_h = 2.0 * (c1 * c2).sqrt() * (delta_h / 2.0).to_radians().sin();
    let (delta_l, delta_c) = (l2 - l1, c2 - c1);
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let h = match h1 + h2 {
        sum if grey => sum,
        sum if turned.abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.20 * cos(4.0 * h - 63.0);
    let theta = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let from_middle = (l - 50.0).powi(2);
    let s_l = 1.0 + 0.015 * from_middle / (20.0 + from_middle).sqrt();
    let (s_c, s_h) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let r_t = -(2.0 * theta).to_radians().sin() * 2.0 * seventh(c);
    let (l, c, h) = (delta_l / s_l, delta_c / s_c, delta_h / s_h);
    (l * l + c * c + h * h + r_t * c * h).sqrt()
}

/// Pairs of the table that Sharma, Wu and Dalal publish for checking, those that tell the
/// branches of the formula apart among them.
#[test]
fn distances_are_those_published() {
    #[rustfmt::skip]
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0010], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, -0.001, 2.49], [50.0, 0.0009, -2.49], 4.8045),
        ([50.0, -0.001, 2.49], [50.0, 0.0011, -2.49], 4.7461),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
        ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
        ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (a, b, published) in pairs {
        for (a, b) in [(a, b), (b, a)] {
            let counted = ciede2000(a, b);
            assert!(
                (counted - published).abs() < 5e-5,
                "{a:?} {b:?}: {counted:.4}, not {published}"
            );
        }
    }
}

#[test]
fn white_has_no_colour_for_any_eyes() {
    for sight in Sight::ALL {
        let [l, a, b] = lab(sight.sees(linear([255; 3])));
        assert!(
            (l - 100.0).abs() < 0.1 && a.abs() < 0.1 && b.abs() < 0.1,
            "{sight:?}: {l} {a} {b}"
        );
    }
    assert!(distance([255, 0, 0], [255; 3], Sight::Usual) > 40.0);
    // Red and green of equal lightness are one colour for those without the cones for green.
    let (red, green) = ([200, 60, 60], [110, 120, 60]);
    let usual = distance(red, green, Sight::Usual);
    assert!(distance(red, green, Sight::Deuteranopia) < usual / 2.0);
}
