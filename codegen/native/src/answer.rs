//! What a step comes to.

/// A result, or the text that tells why there is none.
pub type Answer<T> = Result<T, String>;
