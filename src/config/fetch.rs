//! What may be fetched from the web.

/// Which addresses the program asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Fetch {
    /// None: nothing leaves the machine.
    #[default]
    Never,
    /// Those of the public web.
    Public,
    /// Those of the house's own network as well.
    Anywhere,
}

impl Fetch {
    /// Every one, from the narrowest.
    pub const ALL: [Fetch; 3] = [Fetch::Never, Fetch::Public, Fetch::Anywhere];

    /// Their spellings, in that order.
    pub const WORDS: [&str; 3] = ["never", "public", "anywhere"];

    /// The spelling in the file.
    pub const fn as_str(self) -> &'static str {
        Fetch::WORDS[self as usize]
    }

    /// The one with this spelling.
    pub fn parse(word: &str) -> Option<Fetch> {
        Fetch::ALL.into_iter().find(|fetch| fetch.as_str() == word)
    }
}
