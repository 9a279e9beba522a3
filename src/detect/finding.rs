//! What detection finds: sentences, attributions, claims and source mentions.
//!
//! Plain values in byte spans of the article's text layer. They carry no decision and no
//! identity; `annotations` turns them into records a reviewer can decide.

use std::ops::Range;

use crate::text::{Mark, Span, words};

/// Characters of a name or cue that are repeated where it is meant.
const LONGEST_SHOWN: usize = 500;

words! {
    /// Whose words a claim is in.
    Voice {
        /// The article's own.
        Own = "own",
        /// Quoted.
        Direct = "direct",
        /// Reported in the article's words.
        Indirect = "indirect",
    }
}

words! {
    /// What a claim is about; a claim can have several. Key `1` sets the first, and so on.
    Kind {
        /// A number or an amount.
        Quantity = "quantity",
        /// More, fewer, most, first.
        Comparison = "comparison",
        /// Something that happened.
        Event = "event",
        /// Something that will happen.
        Prediction = "prediction",
        /// One thing brings about another.
        Causation = "causation",
        /// What a law, rule or court says.
        Law = "law",
        /// What someone stands for, supports or opposes.
        Position = "position",
        /// That someone said something in these words.
        Quotation = "quotation",
        /// A judgement that facts alone cannot settle.
        Opinion = "opinion",
    }
}

words! {
    /// What a source is.
    SourceType {
        /// A person by name.
        NamedPerson = "named person",
        /// A person without a name ("a senior official").
        UnnamedPerson = "unnamed person",
        /// A body, company, agency, party.
        Organisation = "organisation",
        /// A report, survey, law, court filing, data set.
        Document = "document or data",
        /// A newspaper, agency, broadcaster, web site.
        Media = "media",
        /// Who made or supplied a picture.
        ImageCredit = "image credit",
        /// Several people ("experts", "Trump supporters").
        Group = "group",
        /// Not told.
        Unknown = "unknown",
    }
}

/// Source, cue and content of one act of attribution.
///
/// A split quotation (“…”, he said, “…”) is one attribution with several content pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who says it, as the article has it; `None` where it does not tell.
    pub source: Option<Mark>,
    /// The words that attribute: said, according to.
    pub cue: Option<Mark>,
    /// What is said.
    pub content: Mark,
    /// Direct or indirect.
    pub voice: Voice,
    /// Confidence, 0 to 1.
    pub score: f32,
}

/// A claim worth a card: the content of an attribution, one per sentence of it, or a
/// checkable sentence in the article's own voice.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where it stands.
    pub mark: Mark,
    /// Index into [`Findings::attributions`], `None` for the article's own voice.
    pub attribution: Option<usize>,
    /// Whose words.
    pub voice: Voice,
    /// At least one kind, most fitting first.
    pub kinds: Vec<Kind>,
    /// How likely it can be checked at all, 0 to 1.
    pub checkable: f32,
    /// How much it deserves checking within this article, 0 to 1.
    pub priority: f32,
    /// How likely a person keeps the card, 0 to 1.
    pub keep: f32,
    /// The claim in words that can be read without the article, where they differ from its own.
    pub stand_alone: Option<StandAlone>,
    /// The reason, in words a journalist understands.
    pub why: String,
}

/// A claim in words that stand alone: pronouns, surnames and days told in full, as far as the
/// article tells them without doubt; what it does not tell is a gap in brackets ("[who?]").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandAlone {
    /// The whole claim, in these words.
    pub text: String,
    /// Where words that are not the claim's own are from: bytes of `text`, and the place in the
    /// article, `None` for a gap.
    pub inserted: Vec<(Range<usize>, Option<Span>)>,
}

/// One mention of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceMention {
    /// Where it stands; equal to the `source` of the attributions it belongs to.
    pub mark: Mark,
    /// Mentions of one person or body share this number.
    pub entity: usize,
    /// Name of the entity without its role: "Derek Chollet".
    pub name: String,
    /// What it is.
    pub source_type: SourceType,
    /// Title or function: "a former Pentagon adviser".
    pub role: Option<String>,
    /// Confidence, 0 to 1.
    pub score: f32,
    /// The reason, in words a journalist understands.
    pub why: String,
}

/// What is to be said of an article whose findings are cut.
pub const CUT: &str = "this text takes more steps than an article may; what was found until then is \
                       given, and there may be more in it";

/// Everything detection has to say about one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Name and version of the model, as written into files.
    pub model: String,
    /// Sentences in text order, without the white space between them.
    pub sentences: Vec<Span>,
    /// In text order of their contents.
    pub attributions: Vec<Attribution>,
    /// The cards worth a person's time, in text order.
    pub claims: Vec<Claim>,
    /// Cards below the fold, seldom worth it, in text order.
    pub folded: Vec<Claim>,
    /// In text order; no two with the same mark.
    pub sources: Vec<SourceMention>,
    /// Whether the article took more steps than one may: then there may be more to find.
    pub cut: bool,
}

/// Words for a reason: a claim says once more who is meant, however long that is written.
pub(super) fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
