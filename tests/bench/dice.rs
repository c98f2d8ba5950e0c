//! Numbers that look random and are the same every time.

/// Knuth's MMIX generator, from its seed on.
pub struct Dice(pub u64);

impl Dice {
    /// The next number, less than `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) % end
    }
}
