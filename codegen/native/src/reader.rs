//! Reads the words of a function description, none past their end.

use crate::answer::Answer;

pub struct Reader<'a> {
    words: &'a [u32],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(words: &'a [u32]) -> Self {
        Reader { words, at: 0 }
    }

    pub fn position(&self) -> usize {
        self.at
    }

    /// The number of words from the start to the end.
    pub fn length(&self) -> usize {
        self.words.len()
    }

    #[inline]
    pub fn word(&mut self) -> Answer<u32> {
        let word = *self.words.get(self.at).ok_or("the description ends early")?;
        self.at += 1;
        Ok(word)
    }

    /// A constant of two words, the low one first.
    pub fn long(&mut self) -> Answer<i64> {
        let low = u64::from(self.word()?);
        Ok((low | u64::from(self.word()?) << 32) as i64)
    }

    /// A count of things that take a word each at least: no count makes us reserve more than a
    /// small multiple of the description's own size.
    pub fn count(&mut self) -> Answer<usize> {
        let count = self.word()? as usize;
        if count > self.words.len() - self.at {
            return Err(format!("a count of {count} runs past the end of the description"));
        }
        Ok(count)
    }
}
