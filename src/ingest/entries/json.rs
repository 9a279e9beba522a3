//! JSON Feed 1 and 1.1.
//!
//! Items are taken one by one as they are parsed, so those before a break are kept.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Around, Draft, Form, Link, Text, is_too_long, joined};
use super::words::one_line;
use super::{Entries, MOST, address, counted};

/// The entries of a JSON feed; `None` if the text is none.
pub(super) fn read(_: &str, text: &str) -> Option<Entries> {
    let text = text.trim_start();
    if !text.starts_with('{') || !text.contains("jsonfeed.org/version") {
        return None;
    }
    let mut feed = Feed::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    let is_cut = reader.deserialize_map(&mut feed).is_err();
    let is_feed = feed.text("version").contains("jsonfeed.org/version/");
    // The version may stand behind the break.
    let may_be_feed = is_cut && !feed.items.is_empty();
    if !(is_feed || may_be_feed) {
        return None;
    }
    let mut found = Entries::new("a JSON feed");
    let title = one_line(feed.text("title"));
    found.title = (!title.is_empty()).then_some(title);
    let around = Around {
        base: ["home_page_url", "feed_url"]
            .iter()
            .find_map(|name| address::absolute(feed.text(name), None)),
        author: joined(&names(&feed.head)),
        language: Some(feed.text("language").to_owned()),
    };
    let too_long: usize = feed.items.iter().map(|item| item.too_long).sum();
    let drafts = std::mem::take(&mut feed.items).into_iter();
    found.list = drafts.map(|draft| draft.finish(&around)).collect();
    if is_cut {
        let told = "the feed breaks off or is damaged; entries behind that are left out";
        found.notices.push(told.to_owned());
    }
    if feed.others > 0 {
        let told = counted(feed.others, "item that is", "items that are");
        found.notices.push(format!("{told} no entry left out"));
    }
    if too_long > 0 {
        let told = counted(too_long, "text", "texts");
        found
            .notices
            .push(format!("{told} of more than 2 MB left out"));
    }
    found.tell_of_more(feed.more);
    Some(found)
}

/// A feed while it is parsed.
#[derive(Default)]
struct Feed {
    /// What it says of itself.
    head: Map<String, Value>,
    items: Vec<Draft>,
    /// Items past the bound.
    more: usize,
    /// Items that are no objects.
    others: usize,
}

impl Feed {
    fn text(&self, name: &str) -> &str {
        self.head.get(name).and_then(Value::as_str).unwrap_or("")
    }
}

impl<'de> Visitor<'de> for &mut Feed {
    type Value = ();

    fn expecting(&self, wanted: &mut fmt::Formatter<'_>) -> fmt::Result {
        wanted.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        const HEAD: [&str; 7] = [
            "version",
            "title",
            "home_page_url",
            "feed_url",
            "language",
            "authors",
            "author",
        ];
        while let Some(name) = map.next_key::<String>()? {
            if name == "items" {
                map.next_value_seed(Items(self))?;
            } else if HEAD.contains(&name.as_str()) {
                let value = map.next_value::<Value>()?;
                self.head.entry(name).or_insert(value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The items of a feed, put into it as they come.
struct Items<'f>(&'f mut Feed);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, wanted: &mut fmt::Formatter<'_>) -> fmt::Result {
        wanted.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            if self.0.items.len() == MOST {
                match items.next_element::<IgnoredAny>()? {
                    Some(_) => self.0.more += 1,
                    None => return Ok(()),
                }
                continue;
            }
            match items.next_element::<Value>()? {
                Some(Value::Object(item)) => self.0.items.push(draft(item)),
                Some(_) => self.0.others += 1,
                None => return Ok(()),
            }
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// An entry of an item.
fn draft(mut item: Map<String, Value>) -> Draft {
    let mut draft = Draft::default();
    for (rank, name) in ["url", "external_url", "id"].into_iter().enumerate() {
        let address = item.get(name).and_then(Value::as_str);
        // A name of the item is an address only where it looks like one.
        let address = address.filter(|at| name != "id" || address::is_of_web(at));
        if let (Some(address), Ok(rank)) = (address, u8::try_from(rank)) {
            draft.add(Link::new(rank, address));
        }
    }
    for (rank, name) in ["date_published", "date_modified"].into_iter().enumerate() {
        let date = item.get(name).and_then(Value::as_str);
        if let (Some(date), Ok(rank)) = (date, u8::try_from(rank)) {
            draft.date(rank, date.to_owned());
        }
    }
    draft.language = item
        .get("language")
        .and_then(Value::as_str)
        .map(str::to_owned);
    draft.authors = names(&item);
    let mut too_long = 0;
    let mut take = |name: &str, form: Form| {
        let Some(Value::String(text)) = item.remove(name) else {
            return None;
        };
        if is_too_long(&text) {
            too_long += 1;
            return None;
        }
        let is_said = !text.trim().is_empty();
        is_said.then_some(Text {
            text,
            form,
            base: None,
        })
    };
    draft.title = take("title", Form::Plain);
    draft.content = take("content_html", Form::Html);
    let plain = take("content_text", Form::Plain);
    draft.description = take("summary", Form::Plain);
    draft.content = draft.content.or(plain);
    draft.too_long = too_long;
    draft
}

/// The names of the authors of a feed or an item; the older form has one author.
fn names(of: &Map<String, Value>) -> Vec<String> {
    let list = match (of.get("authors"), of.get("author")) {
        (Some(Value::Array(list)), _) if !list.is_empty() => list.as_slice(),
        (_, Some(one)) => std::slice::from_ref(one),
        _ => &[],
    };
    let names = list.iter().take(50).map(|one| one.get("name"));
    let names = names.flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}
