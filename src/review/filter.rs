//! Which items the lists show, and in what order.
//!
//! A filter is a line of words, read as it is typed: any line means something, and one that is
//! not complete yet (`kind:`) hides nothing. All its terms have to hold.

use crate::annotations::folded;
use crate::text::words;

words! {
    /// What a term of a filter is about.
    FilterField {
        /// Any kind of a claim, or `none`.
        Kind = "kind",
        /// The voice of a claim.
        Voice = "voice",
        /// Name or type of the source, or `none`.
        Source = "source",
        /// Where an item stands, and what is open about it.
        State = "state",
        /// The verdict on a claim, or `none`.
        Verdict = "verdict",
        /// Any tag of a claim or of an article, or `none`.
        Tag = "tag",
        /// How much a claim deserves checking, in hundredths: `>60`, `<30`.
        Worth = "worth",
    }
}

words! {
    /// In what order claims are listed.
    #[derive(Default)]
    Order {
        /// What deserves checking first.
        #[default]
        Worth = "worth",
        /// As they stand in the article.
        Text = "text",
        /// By source.
        Source = "source",
        /// Undecided first.
        Status = "status",
    }
}

/// What the lists show: `kind:event -state:rejected "Mara Lind"`.
///
/// A term is `field:value`, the field by as much of its name as one wants to type, or a word
/// that is looked for in the claim and the name of its source, or that says kind, voice, state
/// or verdict as it is called. `-` before a term turns it round, quotation marks hold words
/// together. Terms about claims alone leave sources as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    line: String,
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq)]
struct Term {
    is_turned: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// Words as they are folded, anywhere.
    Words(String),
    /// A field that begins with these words, folded.
    Field(FilterField, String),
    AtLeast(f64),
    AtMost(f64),
}

/// What a filter is asked about: a claim, or a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'a> {
    /// What it says; of a source, nothing.
    pub(super) words: &'a str,
    /// Name of the source, if there is one.
    pub(super) source: Option<&'a str>,
    /// What kind of source.
    pub(super) source_type: Option<&'a str>,
    /// Everything that is true of where it stands.
    pub(super) states: Vec<&'a str>,
    /// What is only told of claims.
    pub(super) claim: Option<ClaimFacts<'a>>,
}

/// What a filter is asked about in the queue: an article.
#[derive(Clone, Debug, Default)]
pub struct ArticleFacts<'a> {
    /// What words are looked for in: name, headline, text, whatever is known. Folded.
    pub words: Vec<&'a str>,
    /// The same of what is kept by its words alone.
    pub kept: Option<&'a dyn TextWords>,
    /// Names of the sources its claims are taken from.
    pub sources: Vec<&'a str>,
    /// Everything that is true of where it stands.
    pub states: Vec<&'a str>,
    /// Its tags.
    pub tags: Vec<&'a str>,
    /// How much it deserves checking, from 0 to 1; `None`: that is not known yet.
    pub worth: Option<f64>,
}

/// A text of which only is known which words stand in it.
pub trait TextWords: std::fmt::Debug {
    /// Whether one of them has this part; folded, without a blank.
    fn has(&self, part: &str) -> bool;
}

/// What a filter is told of a claim besides.
#[derive(Clone, Debug, Default)]
pub(super) struct ClaimFacts<'a> {
    pub(super) kinds: Vec<&'a str>,
    pub(super) voice: Option<&'a str>,
    pub(super) verdict: Option<&'a str>,
    pub(super) tags: Vec<&'a str>,
    /// From 0 to 1.
    pub(super) worth: f64,
}

impl Filter {
    /// The filter a line stands for.
    pub fn of(line: &str) -> Filter {
        let pieces = pieces(line);
        let terms = pieces.iter().filter_map(|piece| Term::of(piece));
        Filter {
            line: line.trim().to_owned(),
            terms: terms.collect(),
        }
    }

    /// The line, without blanks around it.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Whether it hides nothing.
    pub fn shows_all(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words it looks for, each by itself.
    pub fn sought(&self) -> impl Iterator<Item = &str> {
        let words = self.terms.iter().filter_map(|term| match &term.test {
            Test::Words(words) => Some(words.as_str()),
            _ => None,
        });
        words.flat_map(|words| words.split(' '))
    }

    /// Whether it asks for sources or tags as such.
    pub fn asks_for_names(&self) -> bool {
        let is_of_names = |term: &Term| {
            matches!(
                term.test,
                Test::Field(FilterField::Source | FilterField::Tag, _)
            )
        };
        self.terms.iter().any(is_of_names)
    }

    /// Whether it shows the article these facts are told of. Terms about claims alone leave
    /// articles as they are.
    pub fn shows_article(&self, facts: &ArticleFacts<'_>) -> bool {
        let holds = |term: &Term| {
            let holds = term.test.holds_of_article(facts);
            holds.is_none_or(|holds| holds != term.is_turned)
        };
        self.terms.iter().all(holds)
    }

    /// Whether it shows what these facts are told of.
    pub(super) fn shows(&self, facts: &Facts<'_>) -> bool {
        self.terms.iter().all(|term| term.holds(facts))
    }
}

impl std::fmt::Display for Filter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.line)
    }
}

impl Term {
    fn of(piece: &str) -> Option<Term> {
        let (is_turned, rest) = match piece.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, piece),
        };
        let test = Test::of(rest)?;
        Some(Term { is_turned, test })
    }

    fn holds(&self, facts: &Facts<'_>) -> bool {
        self.test
            .holds(facts)
            .is_none_or(|holds| holds != self.is_turned)
    }
}

impl Test {
    fn of(piece: &str) -> Option<Test> {
        let field = piece
            .split_once(':')
            .and_then(|(name, value)| Some((field_of(name)?, value)));
        let Some((field, value)) = field else {
            let words = folded(piece);
            return (!words.is_empty()).then_some(Test::Words(words));
        };
        let value = folded(value);
        if field != FilterField::Worth {
            return (!value.is_empty()).then_some(Test::Field(field, value));
        }
        let (is_most, number) = match value.strip_prefix('<') {
            Some(rest) => (true, rest),
            None => (false, value.trim_start_matches(['>', '='])),
        };
        let number: f64 = number.trim_start_matches('=').parse().ok()?;
        // As queue and card write it, or in hundredths.
        let share = if number > 1.0 { number / 100.0 } else { number };
        Some(match is_most {
            true => Test::AtMost(share),
            false => Test::AtLeast(share),
        })
    }

    /// Whether it holds; `None`: it is not about such an item.
    fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        let claim = facts.claim.as_ref();
        let begins = |value: &Option<&str>, start: &str| match value {
            Some(value) => folded(value).starts_with(start),
            None => start == NONE,
        };
        Some(match self {
            Test::Words(words) => facts.has(words),
            Test::AtLeast(share) => claim?.worth >= *share,
            Test::AtMost(share) => claim?.worth <= *share,
            Test::Field(FilterField::Kind, start) => {
                let kinds = &claim?.kinds;
                kinds.iter().any(|kind| kind.starts_with(start.as_str()))
                    || kinds.is_empty() && start == NONE
            }
            Test::Field(FilterField::Voice, start) => begins(&claim?.voice, start),
            Test::Field(FilterField::Verdict, start) => begins(&claim?.verdict, start),
            Test::Field(FilterField::Tag, start) => has_tag(&claim?.tags, start),
            Test::Field(FilterField::State, start) => {
                facts.states.iter().any(|state| state.starts_with(start))
            }
            Test::Field(FilterField::Source, words) => match facts.source {
                Some(name) => folded(name).contains(words) || begins(&facts.source_type, words),
                None => words == NONE,
            },
            Test::Field(FilterField::Worth, _) => return None,
        })
    }

    /// The same of an article. Its text is known word by word, so words held together by
    /// quotation marks have to stand in it each.
    fn holds_of_article(&self, facts: &ArticleFacts<'_>) -> Option<bool> {
        let anywhere = |word: &str| {
            let mut all = facts.words.iter().chain(&facts.states);
            all.any(|text| text.contains(word))
                || facts.kept.is_some_and(|kept| kept.has(word))
                || facts.sources.iter().any(|name| folded(name).contains(word))
                || facts.tags.iter().any(|tag| folded(tag).contains(word))
        };
        Some(match self {
            Test::Words(words) => words.split(' ').all(anywhere),
            Test::AtLeast(share) => facts.worth? >= *share,
            Test::AtMost(share) => facts.worth? <= *share,
            Test::Field(FilterField::Source, words) => {
                let mut names = facts.sources.iter();
                names.any(|name| folded(name).contains(words))
                    || facts.sources.is_empty() && words == NONE
            }
            Test::Field(FilterField::State, start) => {
                facts.states.iter().any(|state| state.starts_with(start))
            }
            Test::Field(FilterField::Tag, start) => has_tag(&facts.tags, start),
            Test::Field(..) => return None,
        })
    }
}

impl Facts<'_> {
    /// Whether words stand in it, or say how it is called.
    fn has(&self, words: &str) -> bool {
        let is = |label: &Option<&str>| label.is_some_and(|label| folded(label) == words);
        let is_told = self.claim.as_ref().is_some_and(|claim| {
            claim.kinds.contains(&words) || is(&claim.voice) || is(&claim.verdict)
        });
        is_told
            || self.states.contains(&words)
            || is(&self.source_type)
            || folded(self.words).contains(words)
            || self.source.is_some_and(|name| folded(name).contains(words))
    }
}

/// What says that there is no such thing.
const NONE: &str = "none";

/// Whether one of the tags begins so, or there is none and that is what is looked for.
fn has_tag(tags: &[&str], start: &str) -> bool {
    tags.iter().any(|tag| folded(tag).starts_with(start)) || tags.is_empty() && start == NONE
}

/// The field whose name begins so: the first, in the order they are told.
fn field_of(start: &str) -> Option<FilterField> {
    use crate::text::Word;
    let start = folded(start);
    let mut fields = FilterField::ALL.iter();
    fields
        .find(|field| !start.is_empty() && field.as_str().starts_with(&start))
        .copied()
}

/// The pieces of a line between blanks, those in quotation marks held together.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '"' | '“' | '”' => is_quoted = !is_quoted,
            blank if blank.is_whitespace() && !is_quoted => pieces.push(String::new()),
            letter => {
                if let Some(last) = pieces.last_mut() {
                    last.push(letter);
                }
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> Facts<'static> {
        Facts {
            words: "The Repair will cost 40 million",
            source: Some("Mira Tolve"),
            source_type: Some("named person"),
            states: vec!["undecided", "second look"],
            claim: Some(ClaimFacts {
                kinds: vec!["quantity", "prediction"],
                voice: Some("indirect"),
                verdict: None,
                tags: vec!["City hall"],
                worth: 0.62,
            }),
        }
    }

    #[test]
    fn terms_hold_or_do_not() {
        for (line, is_shown) in [
            ("", true),
            ("kind:", true),
            ("-", true),
            ("-kind:", true),
            ("worth:>", true),
            ("worth:x", true),
            ("kind:q", true),
            ("k:quantity k:pred", true),
            ("kind:event", false),
            ("kind:none", false),
            ("-kind:event", true),
            ("-k:q", false),
            ("voice:ind", true),
            ("v:direct", false),
            ("source:tolve", true),
            ("so:\"named person\"", true),
            ("s:none", false),
            ("state:second", true),
            ("st:und", true),
            ("state:rejected", false),
            ("verdict:none", true),
            ("verdict:true", false),
            ("tag:city", true),
            ("t:hall", false),
            ("tag:none", false),
            ("worth:60", true),
            ("worth:>.7", false),
            ("worth:<70", true),
            ("worth:<=0.5", false),
            ("-worth:>60", false),
            ("REPAIR  tolve", true),
            ("\"will cost\"", true),
            ("\"cost will\"", false),
            ("“will cost”", true),
            ("indirect undecided", true),
            ("quantity", true),
            ("quant", false),
            ("nobody:here", false),
            ("-bridge", true),
        ] {
            assert_eq!(Filter::of(line).shows(&claim()), is_shown, "{line}");
        }
    }

    #[test]
    fn articles_are_filtered_by_words_sources_states_and_tags() {
        let article = ArticleFacts {
            words: vec!["old bridge to close", "bridge repair million"],
            kept: None,
            sources: vec!["Mira Tolve"],
            states: vec!["changed since finished"],
            tags: vec!["City Hall"],
            worth: Some(0.62),
        };
        for (line, is_shown) in [
            ("", true),
            ("bridge", true),
            ("BRID repair", true),
            ("\"repair bridge\"", true),
            ("ferry", false),
            ("-ferry", true),
            ("tolve", true),
            ("since", true),
            ("hall", true),
            ("source:tol", true),
            ("source:none", false),
            ("source:bridge", false),
            ("state:changed", true),
            ("state:since", false),
            ("state:new", false),
            ("tag:city", true),
            ("tag:hall", false),
            ("-tag:city", false),
            ("tag:none", false),
            ("worth:>60", true),
            ("worth:>70", false),
            ("worth:<60", false),
            ("kind:event voice:direct verdict:true", true),
        ] {
            assert_eq!(Filter::of(line).shows_article(&article), is_shown, "{line}");
        }
        // What is not known of an article yet hides it only from words.
        let unread = ArticleFacts::default();
        for (line, is_shown) in [
            ("bridge", false),
            ("source:none tag:none", true),
            ("worth:>60", true),
        ] {
            assert_eq!(Filter::of(line).shows_article(&unread), is_shown, "{line}");
        }
    }

    #[test]
    fn what_is_about_claims_leaves_sources_alone() {
        let source = Facts {
            source: Some("Mira Tolve"),
            source_type: Some("named person"),
            states: vec!["confirmed", "verified"],
            ..Facts::default()
        };
        for (line, is_shown) in [
            ("kind:event", true),
            ("-kind:event", true),
            ("worth:>90", true),
            ("verdict:false", true),
            ("state:ver", true),
            ("state:undecided", false),
            ("tolve", true),
            ("s:person", false),
            ("s:named", true),
        ] {
            assert_eq!(Filter::of(line).shows(&source), is_shown, "{line}");
        }
    }
}
