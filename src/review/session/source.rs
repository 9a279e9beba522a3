//! What a source is: its name, type and role, and which mentions are one source.
//!
//! Works out plans and changes nothing. All mentions of a source tell the same of it, so each
//! is put right, and whoever puts a mention right has looked at it: that is an answer.

use rustc_hash::FxHashSet;

use super::super::{Item, SourceFact};
use super::decide::is_lost;
use super::{Moment, Plan, Planned, Session, SourceRow};
use crate::annotations::{Annotation, Decision, Edit, Id, put_right, source_key};
use crate::text::Word;

/// What is told of a mention: an attribute, and its value or that it has none.
type Fact<'a> = (&'static str, Option<&'a str>);

impl Session {
    /// The mention whose source is selected: the selected one, or the selected claim's.
    pub fn source_subject(&self) -> Option<&Annotation> {
        match self.selected.as_ref()? {
            Item::Source(id) => self.document.annotation(id),
            Item::Claim(id) => self.document.source_of(id),
        }
    }

    /// The source that a mention belongs to, shown or not.
    pub fn source_of_mention(&self, id: &Id) -> Option<&SourceRow> {
        self.index.row(id)
    }

    pub(super) fn plan_source_fact(&self, fact: &SourceFact, moment: &Moment) -> Planned {
        let mention = self.mention_subject()?;
        let name = self.name_of(&Item::Source(mention.id.clone()));
        let (attribute, value, said) = match fact {
            SourceFact::Name(name) => ("name", name.trim(), "called"),
            SourceFact::Type(source_type) => {
                ("source_type", source_type.as_str(), "a source of type")
            }
            SourceFact::Role(role) => ("role", role.trim(), "role"),
        };
        let label = match (attribute, value) {
            ("name", "") => return Err("a name, please".to_owned()),
            ("role", "") => format!("{name}: role taken away"),
            _ => format!("{name}: {said} {}", super::shortened(value)),
        };
        let value = Some(value).filter(|value| !value.is_empty());
        let edits = self.putting_right(self.mentions(mention), &[(attribute, value)], moment)?;
        Ok(Plan::new(label, edits))
    }

    pub(super) fn plan_merge_source(&self, with: &Id, moment: &Moment) -> Planned {
        let mention = self.mention_subject()?;
        let other = self.document.annotation(with);
        let other = other.filter(|record| record.is_source());
        let other = other.ok_or("that is no source")?;
        let (mine, theirs) = (self.mentions(mention), self.mentions(other));
        if mine.iter().any(|known| known.id == *with) {
            return Err("that is the same source already".to_owned());
        }
        let label = format!(
            "{} and {} are one source",
            self.name_of(&Item::Source(mention.id.clone())),
            self.source_name(with),
        );
        let row = self.index.row(with);
        let name = row.map_or("", |row| row.name.as_str());
        let own = theirs.iter().find_map(|record| record.attribute("entity"));
        let entity = own.unwrap_or(name);
        let said = |name: &str| theirs.iter().find_map(|record| record.attribute(name));
        let mut facts: Vec<Fact<'_>> = vec![("entity", Some(entity)), ("name", Some(name))];
        // What is told of the one is told of all, where it is told.
        for attribute in ["source_type", "role"] {
            facts.extend(said(attribute).map(|value| (attribute, Some(value))));
        }
        let mut edits = self.putting_right(mine, &facts, moment)?;
        edits.extend(self.putting_right(theirs, &facts[..1], moment)?);
        Ok(Plan::new(label, edits))
    }

    pub(super) fn plan_part_source(&self, moment: &Moment) -> Planned {
        let mention = self.mention_subject()?;
        let name = self.name_of(&Item::Source(mention.id.clone()));
        if self.mentions(mention).len() < 2 {
            return Err(format!("{name} has one mention only"));
        }
        let words = mention.target.quote.exact.split_whitespace();
        let words = words.collect::<Vec<_>>().join(" ");
        let entity = self.free_key(mention, &words);
        let label = format!("“{}” is a source of its own", super::shortened(&words));
        let facts = [("entity", Some(entity.as_str())), ("name", Some(&words))];
        let edits = self.putting_right(vec![mention], &facts, moment)?;
        Ok(Plan::new(label, edits).selecting(Item::Source(mention.id.clone())))
    }

    /// What no other source goes by: these words, else these with a number.
    fn free_key(&self, mention: &Annotation, words: &str) -> String {
        let sources = self.document.annotations().iter();
        let others = sources.filter(|record| record.is_source() && record.id != mention.id);
        let taken: FxHashSet<String> = others.map(source_key).collect();
        let is_free = |key: &String| !taken.contains(&crate::annotations::folded(key));
        let numbered = (2..).map(|number| format!("{words} ({number})"));
        let mut keys = std::iter::once(words.to_owned()).chain(numbered);
        keys.find(is_free)
            .expect("there are fewer sources than numbers")
    }

    /// The edits that tell this of mentions, and stand behind those nobody said no to.
    fn putting_right(
        &self,
        mentions: Vec<&Annotation>,
        facts: &[Fact<'_>],
        moment: &Moment,
    ) -> Result<Vec<Edit>, String> {
        let mut edits = Vec::new();
        for mention in mentions {
            let told = mention.putting_right(facts);
            if told.is_empty() {
                continue;
            }
            let refused = self.my_decision(mention).is_some_and(Decision::refuses);
            let after = Annotation {
                attributes: put_right(&mention.attributes, &told),
                ..mention.clone()
            };
            edits.extend(told);
            if !refused && !is_lost(mention) && !self.is_stale(mention) {
                edits.extend(self.affirming(&after, moment));
            }
        }
        Ok(edits)
    }

    /// The mention whose source is meant, or why there is none.
    fn mention_subject(&self) -> Result<&Annotation, String> {
        self.source_subject().ok_or_else(|| match &self.selected {
            Some(Item::Claim(_)) => {
                "it is taken from no source in the article: link one".to_owned()
            }
            _ => "select a source first".to_owned(),
        })
    }
}
