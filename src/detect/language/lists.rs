//! The words of a language that rules ask for, by what they are asked for; read once from the
//! data files of its folder.
//!
//! A file has sections, a list each, and a list here has the name of its section: what a file
//! lacks is an empty list, and the rule finds nothing.

use std::sync::LazyLock;

pub use super::phrases::Phrases;
use super::reasons::Reasons;
use super::words::Section;
pub use super::words::{Gap, Pairs, Spelt, Words};
use crate::detect::numbers::hashing::word_hash;
use crate::text::{Elided, Stops, sections};

/// A struct of lists, and how it is read: the name of a field is that of its section.
macro_rules! lists {
    ($(#[$note:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $kind:ty = $section:literal,)+ }) => {
        $(#[$note])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$about])* pub $field: $kind,)+
        }

        impl $name {
            fn read(file: &str) -> $name {
                let mut lists = $name::default();
                for (name, entries) in sections(file) {
                    for entry in entries {
                        match name {
                            $($section => lists.$field.take(entry),)+
                            _ => {}
                        }
                    }
                }
                lists
            }

            /// The sections its file must have, and no others.
            #[cfg(test)]
            const SECTIONS: &[&str] = &[$($section),+];
        }
    };
}

lists! {
    /// What a claim is about, told by a word of it.
    Kinds {
        /// More, fewer, most, first.
        comparison: Words = "comparison",
        /// Something that will happen.
        prediction: Words = "prediction",
        /// One thing brings about another.
        causation: Words = "causation",
        /// What a law, rule or court says.
        law: Words = "law",
        /// What someone stands for.
        position: Words = "position",
        /// A judgement.
        opinion: Words = "opinion",
        /// Amounts in words.
        numbers: Words = "numbers",
        /// What an amount is told in.
        units: Words = "units",
        /// Behind these a number that looks like a year is an amount.
        counted: Spelt = "counted",
        /// Words of comparison that count where they grade nothing.
        counting: Words = "counting",
        /// In front of what something is compared with.
        than: Words = "than",
        /// Graded words that compare nothing.
        ungraded: Words = "ungraded",
        /// Each with the word behind it that makes it another.
        others: Pairs = "others",
        /// Each with the word behind it that makes it tell what is to come.
        ahead: Pairs = "ahead",
        /// Past forms that tell a tense, not an event.
        auxiliaries: Words = "auxiliaries",
        /// In front of a verb they tell that something happened.
        past: Words = "past",
        /// Months that are other words too.
        months: Spelt = "months",
        /// Names of months: a small number beside one is a day.
        dated: Spelt = "dated",
        /// Behind a number they make it a time of day.
        clock: Spelt = "clock",
        /// A number behind these names something.
        numbered: Spelt = "numbered",
    }
}

lists! {
    /// Words that stand for somebody.
    Pronouns {
        /// he, she
        person: Words = "person",
        /// he, him
        man: Words = "man",
        /// she, her
        woman: Words = "woman",
        /// they
        several: Words = "several",
        /// it
        thing: Words = "thing",
        /// who: whoever stands right before
        relative: Words = "relative",
        /// I, we, you: the writer or a speaker
        speaker: Words = "speaker",
        /// Those that only speech has.
        spoken: Words = "spoken",
    }
}

impl Pronouns {
    /// Whether words, in whatever case, are one of them and nothing else.
    pub fn has(&self, words: &str) -> bool {
        let id = word_hash(words.trim().to_lowercase().as_bytes());
        let lists = [
            &self.person,
            &self.several,
            &self.thing,
            &self.relative,
            &self.speaker,
        ];
        lists.iter().any(|list| list.has(id))
    }
}

lists! {
    /// What stands in and around names.
    Names {
        /// Before a name, telling nothing of whom.
        courtesy: Spelt = "courtesy",
        /// Before a noun.
        articles: Spelt = "articles",
        /// Those that make a body more likely than a person.
        definite: Spelt = "definite",
        /// Inside a name.
        joints: Spelt = "joints",
        /// Inside the name of a body.
        body_joints: Spelt = "body joints",
        /// Weekdays and months: nobody's names.
        calendar: Spelt = "calendar",
        /// Seats of government, countries and cities: as a source, those who govern there.
        bodies: Spelt = "bodies",
        /// Functions in front of a name, besides those the lexicon knows.
        titles: Spelt = "titles",
        /// Places that are called like people.
        places: Spelt = "places",
        /// First words of names that are nobody's.
        place_starts: Spelt = "place starts",
        /// Last words of such names.
        place_ends: Spelt = "place ends",
        /// Last words of the names of papers.
        papers: Spelt = "papers",
        /// Last words of the names of firms.
        firms: Spelt = "firms",
    }
}

lists! {
    /// What tells a man from a woman.
    FirstNames {
        /// First names of men.
        men: Words = "men",
        /// First names of women.
        women: Words = "women",
        /// Titles and functions of men.
        his: Words = "his",
        /// Titles and functions of women.
        hers: Words = "hers",
    }
}

lists! {
    /// People kept unnamed.
    Unnamed {
        /// Words that say so.
        unnamed: Words = "unnamed",
        /// Behind "the": somebody who is known already.
        once: Words = "once",
        /// Behind "the": one who belongs to a party or country.
        belonging: Words = "belonging",
        /// Behind "the": a body that is named before.
        bodies: Words = "bodies",
    }
}

lists! {
    /// Lines that are furniture.
    Furnishing {
        /// How a picture credit begins.
        credits: Phrases = "credits",
        /// How a pointer to something else begins, a colon behind it.
        pointers: Phrases = "pointers",
        /// How a notice of the site begins.
        asking: Phrases = "asking",
        /// What stands in a notice of the site.
        notices: Phrases = "notices",
        /// How a notice goes on.
        us: Phrases = "us",
        /// What makes a short line a picture credit.
        agencies: Phrases = "agencies",
        /// The word a byline begins with.
        bylines: Spelt = "bylines",
        /// What a line of stamps has in it.
        stamps: Phrases = "stamps",
        /// Agencies in the brackets of a dateline.
        wires: Spelt = "wires",
    }
}

lists! {
    /// The plainest of all reports.
    Reports {
        /// Verbs of saying, besides the lexicon's cues.
        verbs: Spelt = "verbs",
        /// What leads in the content.
        that: Words = "that",
        /// "according" …
        according: Words = "according",
        /// … "to".
        to: Words = "to",
        /// Behind the comma after a source: it goes on.
        appositions: Spelt = "appositions",
        /// The same, where a name stands before the comma.
        appositions_of_names: Spelt = "appositions of names",
        /// Leads in "as the Mercury reported".
        aside: Words = "aside",
        /// Verbs that report in such an aside alone.
        puts: Words = "puts",
    }
}

lists! {
    /// Words before a colon in transcripts.
    Turns {
        /// They name nobody.
        nobody: Spelt = "nobody",
        /// They stand for somebody whose name is not told.
        unnamed: Spelt = "unnamed",
        /// They are no names but letters for who asks and who answers.
        letters: Spelt = "letters",
        /// In a paragraph in brackets they tell of another scene.
        scene: Spelt = "scene",
    }
}

lists! {
    /// What parts the clauses of a sentence.
    Clauses {
        /// Behind a sign that parts clauses they belong to it.
        joints: Spelt = "joints",
        /// They part clauses alone.
        openers: Spelt = "openers",
    }
}

lists! {
    /// What the judgement of cards counts.
    CardWords {
        /// I, we: whoever speaks.
        speaker: Words = "speaker",
        /// You.
        reader: Words = "reader",
        /// He, she, they.
        person: Words = "person",
        /// It, this, there.
        thing: Words = "thing",
        /// Not, never, nobody.
        negation: Words = "negation",
        /// May, perhaps, reportedly.
        hedge: Words = "hedge",
        /// Praise, scorn, thanks.
        judgement: Words = "judgement",
        /// Thinks, hopes, wants.
        attitude: Words = "attitude",
        /// Who, what, whether.
        question: Words = "question",
        /// What may open a sentence and be left off.
        opener: Words = "opener",
        /// If, because, while.
        subordination: Words = "subordination",
        /// If, unless, whether: what hangs on them is not said to be so.
        condition: Words = "condition",
        /// Words of saying and showing.
        report: Words = "report",
        /// Months and weekdays.
        calendar: Words = "calendar",
        /// Words of a site's own notices.
        site: Words = "site",
        /// What leads in a content.
        that: Words = "that",
    }
}

lists! {
    /// What is told in full where a claim is to stand alone.
    FullWords {
        /// I, me, myself.
        speaker: Words = "speaker",
        /// I.
        subject: Words = "subject",
        /// My.
        speakers: Words = "speakers",
        /// We.
        together: Words = "together",
        /// He, him.
        he: Words = "he",
        /// She, her.
        she: Words = "she",
        /// His.
        his: Words = "his",
        /// Her, before what is hers.
        hers: Words = "hers",
        /// It.
        it: Words = "it",
        /// Its.
        its: Words = "its",
        /// They.
        they: Words = "they",
        /// Their.
        theirs: Words = "theirs",
        /// Verbs behind "I", each with its form behind a name.
        agreement: Pairs = "agreement",
        /// Verbs behind "I" that nobody can put behind a name.
        unclear: Words = "unclear",
        /// Verbs behind "it" where it may stand for nothing.
        empty: Words = "empty",
        /// "I", "me" and "my", each with the pronoun for a man.
        he_for: Pairs = "he for",
        /// The same for a woman.
        she_for: Pairs = "she for",
        /// Whom the article does not tell.
        who: Gap = "who",
        /// What the article does not tell.
        what: Gap = "what",
    }
}

lists! {
    /// Days, months and years told from the day an article appeared.
    Days {
        /// Days of the week, each with its place in it.
        weekdays: Pairs = "weekdays",
        /// Days, each with how many later it is.
        days: Pairs = "days",
        /// Before a month or year: how many later it is.
        turns: Pairs = "turns",
        /// Month.
        month: Words = "month",
        /// Year.
        year: Words = "year",
        /// Before a day of the week these leave open which it is.
        open: Words = "open",
        /// They tell of days to come.
        to_come: Words = "to come",
    }
}

/// All lists and texts of a language.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Where sentences end.
    pub stops: Stops,
    /// Words that begin with an apostrophe.
    pub elided: Elided,
    /// What claims are about.
    pub kinds: Kinds,
    /// Words that stand for somebody.
    pub pronouns: Pronouns,
    /// What stands in and around names.
    pub names: Names,
    /// What tells a man from a woman.
    pub first_names: FirstNames,
    /// People kept unnamed.
    pub unnamed: Unnamed,
    /// Lines that are furniture.
    pub furniture: Furnishing,
    /// The plainest of all reports.
    pub reports: Reports,
    /// Speakers of transcripts.
    pub turns: Turns,
    /// What parts clauses.
    pub clauses: Clauses,
    /// What the judgement of cards counts.
    pub cards: CardWords,
    /// What is told in full.
    pub full_words: FullWords,
    /// Days told from the day an article appeared.
    pub days: Days,
    /// Why something is found.
    pub reasons: Reasons,
}

static ENGLISH: LazyLock<Lists> = LazyLock::new(|| Lists {
    stops: Stops::read(&[
        include_str!("en/abbreviations.txt"),
        include_str!("en/starters.txt"),
    ]),
    elided: Elided::read(include_str!("en/apostrophes.txt")),
    kinds: Kinds::read(include_str!("en/kinds.txt")),
    pronouns: Pronouns::read(include_str!("en/pronouns.txt")),
    names: Names::read(include_str!("en/names.txt")),
    first_names: FirstNames::read(include_str!("en/first_names.txt")),
    unnamed: Unnamed::read(include_str!("en/unnamed.txt")),
    furniture: Furnishing::read(include_str!("en/furniture.txt")),
    reports: Reports::read(include_str!("en/reports.txt")),
    turns: Turns::read(include_str!("en/turns.txt")),
    clauses: Clauses::read(include_str!("en/clauses.txt")),
    cards: CardWords::read(include_str!("en/cards.txt")),
    full_words: FullWords::read(include_str!("en/stand_alone.txt")),
    days: Days::read(include_str!("en/days.txt")),
    reasons: Reasons::read(include_str!("en/reasons.toml"))
        .expect("the compiled-in reasons are whole; a test loads them"),
});

impl Lists {
    /// Those of English.
    pub fn english() -> &'static Lists {
        &ENGLISH
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn every_file_has_the_sections_that_are_asked_for_and_something_in_each() {
        for (file, wanted) in [
            (include_str!("en/kinds.txt"), Kinds::SECTIONS),
            (include_str!("en/pronouns.txt"), Pronouns::SECTIONS),
            (include_str!("en/names.txt"), Names::SECTIONS),
            (include_str!("en/first_names.txt"), FirstNames::SECTIONS),
            (include_str!("en/unnamed.txt"), Unnamed::SECTIONS),
            (include_str!("en/furniture.txt"), Furnishing::SECTIONS),
            (include_str!("en/reports.txt"), Reports::SECTIONS),
            (include_str!("en/turns.txt"), Turns::SECTIONS),
            (include_str!("en/clauses.txt"), Clauses::SECTIONS),
            (include_str!("en/cards.txt"), CardWords::SECTIONS),
            (include_str!("en/stand_alone.txt"), FullWords::SECTIONS),
            (include_str!("en/days.txt"), Days::SECTIONS),
            (
                include_str!("en/abbreviations.txt"),
                &["titles", "perhaps", "answers"],
            ),
            (include_str!("en/apostrophes.txt"), &["elided"]),
            (
                include_str!("en/starters.txt"),
                &["starters", "running on", "speaking"],
            ),
        ] {
            let found = sections(file);
            let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, wanted);
            for (name, entries) in found {
                assert!(!entries.is_empty(), "{name}");
                let once: FxHashSet<&str> = entries.iter().copied().collect();
                assert_eq!(once.len(), entries.len(), "{name} has one twice");
            }
        }
    }

    #[test]
    fn lists_are_asked_by_identity_by_letters_and_by_beginning() {
        let lists = Lists::english();
        assert!(lists.kinds.law.has(word_hash(b"court")));
        assert!(!lists.kinds.law.has(word_hash(b"mayor")));
        assert!(lists.names.courtesy.has("Mr") && !lists.names.courtesy.has("mr"));
        let credit = "photo by ann field";
        assert_eq!(
            lists.furniture.credits.whole_beginning(credit),
            Some("photo by")
        );
    }

    #[test]
    fn a_pronoun_is_one_alone() {
        let pronouns = &Lists::english().pronouns;
        for word in ["They", "who", " it ", "WHICH", "we"] {
            assert!(pronouns.has(word), "{word}");
        }
        for words in ["Mira Tolve", "they all", "the which", ""] {
            assert!(!pronouns.has(words), "{words}");
        }
    }
}
