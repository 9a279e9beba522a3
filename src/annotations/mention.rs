//! What mentions of one source have in common.

use super::Annotation;
use crate::detect::SourceType;
use crate::detect::language::lists::Lists;
use crate::text::Word;

/// Whether a mention only says who made or supplied a picture.
pub fn is_credit(mention: &Annotation) -> bool {
    mention.attribute("source_type") == Some(SourceType::ImageCredit.as_str())
}

/// What mentions of one person or body have in common: the entity, else the name, else the
/// words, folded.
pub fn source_key(mention: &Annotation) -> String {
    let said = |name| {
        mention
            .attribute(name)
            .filter(|value| !value.trim().is_empty())
    };
    folded(
        said("entity")
            .or_else(|| said("name"))
            .unwrap_or(&mention.target.quote.exact),
    )
}

/// What a source is called: its name, or the words of the mention where none is known.
pub fn source_name(mention: &Annotation) -> &str {
    let name = mention.attribute("name");
    name.unwrap_or(&mention.target.quote.exact)
}

/// Whether no more is known of a source than a pronoun, which names nobody to choose.
pub fn is_bare_pronoun(mention: &Annotation) -> bool {
    Lists::english().pronouns.has(source_name(mention))
}

/// Words made comparable: lower case, one space between words, plain quotation marks.
pub fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            let from = folded.len();
            folded.push_str(word);
            folded[from..].make_ascii_lowercase();
            continue;
        }
        for letter in word.chars() {
            match letter {
                '‘' | '’' | 'ʼ' => folded.push('\''),
                '“' | '”' | '„' | '«' | '»' => folded.push('"'),
                '\u{AD}' | '\u{200B}' => {}
                _ => folded.extend(letter.to_lowercase()),
            }
        }
    }
    folded
}
