//! RTF cut into its tokens: braces, control words with their numbers, bytes of text.

/// A piece of an RTF document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'b str, Option<i32>),
    /// A control word of one sign.
    Sign(u8),
    /// A byte of text that is written as two digits.
    Byte(u8),
    /// Bytes of text; never empty.
    Text(&'b [u8]),
}

/// Bytes of an RTF document that are not read yet.
pub(super) struct Tokens<'b>(&'b [u8]);

impl<'b> Tokens<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Tokens<'b> {
        Tokens(bytes)
    }

    /// Goes past so many bytes of binary data.
    pub(super) fn pass(&mut self, count: usize) {
        self.take(count);
    }

    fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// What stands behind a backslash.
    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.0.first()?;
        if !first.is_ascii_alphabetic() {
            self.take(1);
            if first != b'\'' {
                return Some(Token::Sign(first));
            }
            let digits = self
                .0
                .get(..2)
                .and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            // Without its digits it is damage, and says nothing.
            self.take(if byte.is_some() { 2 } else { 0 });
            return Some(byte.map_or(Token::Sign(b'\''), Token::Byte));
        }
        let length = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let name = std::str::from_utf8(self.take(length)).unwrap_or("");
        let minus = usize::from(self.0.first() == Some(&b'-'));
        let digits = self
            .0
            .iter()
            .skip(minus)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number = match digits {
            0 => None,
            digits => std::str::from_utf8(self.take(minus + digits)).ok(),
        };
        if self.0.first() == Some(&b' ') {
            self.take(1);
        }
        let number = number.map(|digits| digits.parse().unwrap_or(i32::MAX));
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        while let Some(first) = self.0.first() {
            match first {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                // Lines of the file are no lines of the text.
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let is_text = |byte: &u8| !b"{}\\\r\n\0".contains(byte);
                    let length = self.0.iter().take_while(|byte| is_text(byte)).count();
                    return Some(Token::Text(self.take(length)));
                }
            }
        }
        None
    }
}
