//! Words that repeat, as numbers.

use std::collections::HashMap;

/// Bytes of a word that are kept. Nothing that a person reads in a table is longer.
const WORD_AT_MOST: usize = 400;

/// Words, each kept once.
#[derive(Default)]
pub(super) struct Words {
    pub(super) numbers: HashMap<Box<str>, u32>,
    pub(super) words: Vec<Box<str>>,
    letters: usize,
}

impl Words {
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let word = word.get(..word.floor_char_boundary(WORD_AT_MOST)).unwrap_or(word);
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        // Each word is there twice.
        self.letters += 2 * word.len();
        self.words.push(word.into());
        self.numbers.insert(word.into(), number);
        number
    }

    pub(super) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| &**word)
    }

    /// Which words contain a text that is in small letters already.
    pub(super) fn containing(&self, small: &str) -> Vec<bool> {
        self.words.iter().map(|word| word.to_lowercase().contains(small)).collect()
    }

    pub(super) fn bytes(&self) -> usize {
        // A pointer and a length each time, and a number.
        self.letters + self.words.capacity() * 16 + self.numbers.capacity() * 25
    }
}
