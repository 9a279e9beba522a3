//! What a web page says of its article: its head, its structured data, its marked dates.
//!
//! One walk over the tree collects, and the best of what was said is taken. Nothing in a page is
//! run, and no address in it is opened. What is collected has bounds.

use dom_query::{Document, NodeData, NodeId};

use super::linked_data::{self, Stated};
use super::shape;
use crate::ingest::about::names::{is_outlet, joined};
use crate::text::{About, Fact};

/// Bytes of a value that are looked at, and of a block of structured data.
const VALUE: usize = 4000;
const DATA: usize = 1 << 20;

/// Values and blocks that are collected of a page.
const MOST: usize = 400;

/// What the names of `meta` stand for, best first for each.
const NAMES: [(Fact, &[&str]); 6] = [
    (
        Fact::Title,
        &[
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
            "headline",
        ],
    ),
    (
        Fact::Author,
        &[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
        ],
    ),
    (
        Fact::Outlet,
        &[
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
        ],
    ),
    (
        Fact::Published,
        &[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "pubdate",
            "publish-date",
            "publication_date",
            "date",
        ],
    ),
    (Fact::Url, &["og:url"]),
    (
        Fact::Language,
        &["content-language", "dc.language", "og:locale"],
    ),
];

/// What the names of `meta` are that tell what an article is about.
const DESCRIPTIONS: [&str; 3] = ["og:description", "description", "twitter:description"];

/// What a page says, in the order it says it.
#[derive(Default)]
struct Said {
    metas: Vec<(String, String)>,
    data: Vec<String>,
    language: Option<String>,
    canonical: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    /// Moments of `time`; those marked as the day of publishing.
    times: Vec<String>,
    published: Vec<String>,
}

/// What a page says of its article's text.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Its headline, best first; none of them need stand in the page.
    pub(super) titles: Vec<String>,
    /// What it is about, in a sentence or two.
    pub(super) descriptions: Vec<String>,
    /// Who published it.
    pub(super) outlet: Option<String>,
    /// All of it.
    pub(super) body: Option<String>,
}

/// The facts that a page tells, and what it says of the text.
pub(super) fn of_page(page: &Document) -> (About, Hints) {
    let said = collect(page);
    let mut stated = linked_data::read(&said.data);
    let mut about = About::default();
    let metas = |fact: Fact| {
        let names = NAMES.iter().filter(move |(known, _)| *known == fact);
        let names = names.flat_map(|(_, names)| names.iter());
        names.filter_map(|name| {
            let values = said.metas.iter().filter(|(known, _)| known == name);
            let values: Vec<&str> = values.map(|(_, value)| &**value).collect();
            (!values.is_empty()).then_some(values)
        })
    };
    for fact in [Fact::Outlet, Fact::Published, Fact::Url, Fact::Language] {
        about.learn_if_said(fact, first_stated(fact, &stated));
        if fact == Fact::Url {
            about.learn_if_said(fact, said.canonical.as_deref());
        }
        if fact == Fact::Language {
            about.learn_if_said(fact, said.language.as_deref());
        }
        for values in metas(fact) {
            about.learn_if_said(fact, values.first().copied());
        }
    }
    about.learn_if_said(Fact::Published, said.published.first().map(String::as_str));
    if let [only] = &said.times[..] {
        about.learn(Fact::Published, only);
    }

    about.learn(
        Fact::Author,
        &people(stated.authors.iter().map(String::as_str)),
    );
    for values in metas(Fact::Author) {
        about.learn(Fact::Author, &people(values.into_iter()));
    }

    let heading = said.heading.as_deref().unwrap_or("");
    let titles = metas(Fact::Title).filter_map(|values| values.first().copied());
    let titles = stated.title.as_deref().into_iter().chain(titles);
    let mut hints = Hints::default();
    for title in titles.chain(said.title.as_deref()) {
        let (title, outlet) = parted(title, heading, about.get(Fact::Outlet));
        about.learn(Fact::Title, &title);
        about.learn_if_said(Fact::Outlet, outlet.as_deref());
        if !title.is_empty() && !hints.titles.contains(&title) {
            hints.titles.push(title);
        }
    }
    let described = DESCRIPTIONS.iter().filter_map(|name| {
        let (_, value) = said.metas.iter().find(|(known, _)| known == name)?;
        Some(value.clone())
    });
    hints.descriptions = stated.description.take().into_iter().collect();
    hints.descriptions.extend(described);
    hints.outlet = about.get(Fact::Outlet).map(str::to_owned);
    hints.body = stated.body.take();
    (about, hints)
}

fn first_stated(fact: Fact, stated: &Stated) -> Option<&str> {
    let slot = match fact {
        Fact::Outlet => &stated.outlet,
        Fact::Published => &stated.published,
        Fact::Url => &stated.url,
        Fact::Language => &stated.language,
        Fact::Title | Fact::Author => return None,
    };
    slot.as_deref()
}

/// Names; what is an address or an account is none.
fn people<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.map(|name| name.trim());
    let names = names.map(|name| match name.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => &name[3..],
        _ => name,
    });
    joined(names.filter(|name| !name.contains("://") && !name.starts_with('@')))
}

/// Signs between a headline and the outlet's name behind it.
const SEPARATORS: [char; 9] = ['|', '-', '–', '—', '·', '•', ':', '«', '»'];

/// A title without the outlet's name behind it, and that name where nobody told it before. What
/// is left is the page's first heading, or what stands before a name that can only be an outlet's.
fn parted(title: &str, heading: &str, outlet: Option<&str>) -> (String, Option<String>) {
    let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (title, heading) = (one_line(title), one_line(heading));
    let named = |rest: &str| {
        let name = rest.trim_matches(|c| SEPARATORS.contains(&c) || c == ' ');
        (outlet.is_none() && is_outlet(name)).then(|| name.to_owned())
    };
    if let Some(rest) = title.strip_prefix(&*heading)
        && heading.split(' ').count() >= 3
        && rest.trim_start().starts_with(SEPARATORS)
    {
        return (heading, named(rest));
    }
    let at = SEPARATORS
        .iter()
        .filter_map(|sign| title.rfind(&format!(" {sign} ")))
        .max();
    if let Some((before, rest)) = at.map(|at| title.split_at(at)) {
        let name = rest.trim_matches(|c| SEPARATORS.contains(&c) || c == ' ');
        let known = outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
        if known || named(rest).is_some() {
            return (before.trim_end().to_owned(), named(rest));
        }
    }
    (title, None)
}

fn collect(page: &Document) -> Said {
    let mut said = Said::default();
    let tree = &page.tree;
    shape::each(page, |node| {
        tree.query_node(&node, |found| {
            let NodeData::Element(element) = &found.data else {
                return;
            };
            let attribute = |name: &str| {
                let attribute = element.attrs.iter().find(|a| &*a.name.local == name)?;
                Some(bounded(&attribute.value, VALUE))
            };
            match &*element.name.local {
                "html" => {
                    let language = attribute("lang").or_else(|| attribute("xml:lang"));
                    said.language = said.language.take().or(language);
                }
                "meta" if said.metas.len() < MOST => {
                    let name = attribute("property").or_else(|| attribute("name"));
                    let name = name.or_else(|| attribute("itemprop"));
                    let name = name.or_else(|| attribute("http-equiv"));
                    let (name, value) = (name.unwrap_or_default(), attribute("content"));
                    let value = value.unwrap_or_default();
                    if !name.is_empty() && !value.trim().is_empty() {
                        said.metas.push((name.trim().to_lowercase(), value));
                    }
                }
                "link" if said.canonical.is_none() => {
                    let rel = attribute("rel").unwrap_or_default().to_lowercase();
                    if rel.split_whitespace().any(|word| word == "canonical") {
                        said.canonical = attribute("href");
                    }
                }
                "script" if said.data.len() < MOST => {
                    let kind = attribute("type").unwrap_or_default().to_lowercase();
                    if kind.trim() == "application/ld+json" {
                        said.data.push(words_in(page, node, DATA));
                    }
                }
                "title" if said.title.is_none() => said.title = Some(words_in(page, node, VALUE)),
                "h1" if said.heading.is_none() => said.heading = Some(words_in(page, node, VALUE)),
                "time" if said.times.len() < MOST => {
                    let Some(moment) = attribute("datetime") else {
                        return;
                    };
                    let prop = attribute("itemprop").unwrap_or_default();
                    if prop == "datePublished" || attribute("pubdate").is_some() {
                        said.published.push(moment.clone());
                    }
                    // The same moment twice is one.
                    if !said.times.contains(&moment) {
                        said.times.push(moment);
                    }
                }
                _ => {}
            }
        });
    });
    said
}

/// The text below a node, as far as it is looked at.
fn words_in(page: &Document, node: NodeId, most: usize) -> String {
    let mut words = String::new();
    shape::below(page, node, |inner| {
        page.tree.query_node(&inner, |found| {
            if let NodeData::Text { contents } = &found.data {
                words.push_str(&bounded(contents, most.saturating_sub(words.len())));
            }
        });
        words.len() < most
    });
    words
}

fn bounded(text: &str, most: usize) -> String {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

#[cfg(test)]
mod tests;
