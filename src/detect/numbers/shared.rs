//! Features of many places, of which those that several places have alike are weighed once.

use super::asked::Asked;

/// Features of one place alone.
pub(super) const OWN: usize = 96;
/// Features of a group.
pub(super) const IN_GROUP: usize = 16;
/// Sums of a group that are kept.
const KEPT: usize = 8;

/// What is known of a group by its key.
type Key = [u32; 4];

/// A group of features that several places have alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    /// Those to be weighed; none where their sum is known.
    pub(super) asked: Asked<IN_GROUP>,
    keys: [Option<Key>; KEPT],
    sums: [[i16; 8]; KEPT],
    /// The sum that counts at this place.
    at: usize,
    /// Whether it is known.
    known: bool,
}

impl Alike {
    /// The sum at this place.
    #[inline(always)]
    pub(super) fn sum(&mut self) -> &mut [i16; 8] {
        &mut self.sums[self.at % KEPT]
    }
}

/// The features of a place: its own, and `GROUPS` groups that other places have too. A group
/// that a place has not told [`Shared::turn`] does not count there.
#[derive(Clone, Debug)]
pub struct Shared<const GROUPS: usize> {
    /// Those of the place alone.
    pub own: Asked<OWN>,
    pub(super) groups: [Alike; GROUPS],
    /// The groups that count, as a set.
    pub(super) counting: u32,
}

impl<const GROUPS: usize> Default for Shared<GROUPS> {
    fn default() -> Self {
        Shared {
            own: Asked::default(),
            groups: std::array::from_fn(|_| Alike::default()),
            counting: 0,
        }
    }
}

impl<const GROUPS: usize> Shared<GROUPS> {
    /// Goes to another place.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.own.clear();
        self.counting = 0;
    }

    /// Says by what the features of a group are known; has to come before them.
    #[inline(always)]
    pub fn turn(&mut self, group: usize, key: Key) {
        let alike = &mut self.groups[group];
        let at = key[0] ^ key[1] ^ key[1] >> 3 ^ key[2] ^ key[2] >> 6 ^ key[3];
        alike.at = at as usize % KEPT;
        alike.known = alike.keys[alike.at] == Some(key);
        alike.keys[alike.at] = Some(key);
        alike.asked.clear();
        self.counting |= 1 << group;
    }

    /// A feature of a group; of no weight where the group's sum is known.
    #[inline(always)]
    pub fn add_to_group(&mut self, group: usize, template: u32, first: u32, second: u32) {
        let alike = &mut self.groups[group];
        if !alike.known {
            alike.asked.add(template, first, second);
        }
    }
}
