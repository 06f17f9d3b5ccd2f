//! Pretend chance: SplitMix64, so that the same seed gives the same world on every machine.

use uuid::{Builder, Uuid};

/// A small deterministic generator. Nothing here may be used for real secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed ^ 0x0005_EED0_F7AB_1EA5 }
    }

    /// A generator of its own for a named part, so that parts do not disturb each other.
    pub(crate) fn branch(&self, name: &str) -> Self {
        // FNV-1a: it only has to spread short names.
        let spread = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        let mut branch = Self { state: self.state ^ spread };
        branch.next();
        branch
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(limit);
        (wide >> 64) as u64
    }

    /// A place in a list of this length.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// One of the values.
    pub(crate) fn pick<'list, Value>(&mut self, list: &'list [Value]) -> &'list Value {
        &list[self.place(list.len())]
    }

    /// True this many times in a hundred.
    pub(crate) fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of the values, each as often as its weight says.
    pub(crate) fn weighted<Value: Copy>(&mut self, list: &[(Value, u64)]) -> Value {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        list[0].0
    }

    pub(crate) fn uuid(&mut self) -> Uuid {
        let bytes = (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes();
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Letters and digits.
    pub(crate) fn letters(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(*self.pick(LETTERS))).collect()
    }
}
