//! What an element's name, role, classes and id say it is.
//!
//! Words of classes are a weak witness: they are split at signs and at capitals, what is shorter
//! than a word says nothing, and those that name a zone count on containers alone. What they
//! lead to is decided elsewhere.

use std::ops::{BitOr, BitOrAssign};

use dom_query::Element;

/// What an element says it is: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl Marks {
    /// Ways through the site: menus, breadcrumbs, pages.
    pub(super) const MENU: Marks = Marks(1);
    /// What readers wrote.
    pub(super) const COMMENTS: Marks = Marks(1 << 1);
    /// Other articles.
    pub(super) const RELATED: Marks = Marks(1 << 2);
    /// Letters to subscribe to, notices of cookies, things to share, advertisements.
    pub(super) const SERVICE: Marks = Marks(1 << 3);
    /// An offer to pay for the rest.
    pub(super) const OFFER: Marks = Marks(1 << 4);
    /// Teasers of bought traffic: never part of an article.
    pub(super) const BOUGHT: Marks = Marks(1 << 5);
    /// What stands at the side or at the bottom of a site.
    pub(super) const MARGIN: Marks = Marks(1 << 6);
    /// The article itself.
    pub(super) const ARTICLE: Marks = Marks(1 << 7);
    /// What the page is there for.
    pub(super) const MAIN: Marks = Marks(1 << 8);
    /// A footer.
    pub(super) const FOOTER: Marks = Marks(1 << 9);
    /// A lead under the headline.
    pub(super) const STANDFIRST: Marks = Marks(1 << 10);
    /// A correction or a note of the article.
    pub(super) const NOTE: Marks = Marks(1 << 11);
    /// Somebody's post, shown in the article.
    pub(super) const POST: Marks = Marks(1 << 12);
    /// The headline.
    pub(super) const HEADLINE: Marks = Marks(1 << 13);
    /// An article that follows.
    pub(super) const NEXT: Marks = Marks(1 << 14);
    /// The words to a picture.
    pub(super) const CAPTION: Marks = Marks(1 << 15);
    /// A quotation.
    pub(super) const QUOTATION: Marks = Marks(1 << 16);
    /// A header.
    pub(super) const HEADER: Marks = Marks(1 << 17);
    /// Words of readers, by a name that may mean others too.
    pub(super) const VOICES: Marks = Marks(1 << 18);

    /// A box of facts.
    pub(super) const BOX: Marks = Marks(1 << 19);

    /// Everything that is a zone: it stands on an article's page and is none of it.
    pub(super) const ZONES: Marks = Marks(
        Marks::MENU.0
            | Marks::COMMENTS.0
            | Marks::RELATED.0
            | Marks::SERVICE.0
            | Marks::OFFER.0
            | Marks::BOUGHT.0
            | Marks::MARGIN.0,
    );

    /// Whether the two have anything in common.
    pub(super) fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Those of `other` alone.
    pub(super) fn only(self, other: Marks) -> Marks {
        Marks(self.0 & other.0)
    }

    /// Without those of `other`.
    pub(super) fn but(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Letters of a word of a class that say anything.
const SHORTEST: usize = 3;

/// Bytes of a class or id that are looked at.
const MOST: usize = 600;

/// What an element says it is.
pub(super) fn marks(element: &Element) -> Marks {
    let name = &*element.name.local;
    let mut marks = of_name(name);
    for attribute in &element.attrs {
        let value = &*attribute.value;
        match &*attribute.name.local {
            "class" | "id" | "data-component" | "data-testid" => marks |= of_class(value),
            "role" => marks |= of_role(value.trim()),
            "itemprop" => marks |= of_property(value.trim()),
            _ => {}
        }
    }
    if is_container(name) {
        marks
    } else {
        marks.but(Marks::ZONES | Marks::NEXT | Marks::VOICES | Marks::BOX)
    }
}

/// Elements whose classes may name a zone. Paragraphs, headings and parts of lines may not.
fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "aside"
            | "nav"
            | "header"
            | "footer"
            | "ul"
            | "ol"
            | "dl"
            | "form"
            | "article"
            | "main"
            | "table"
            | "figure"
            | "dialog"
            | "fieldset"
            | "details"
            | "menu"
            | "search"
            | "center"
            | "address"
    )
}

fn of_name(name: &str) -> Marks {
    match name {
        "nav" | "menu" | "search" => Marks::MENU,
        "dialog" | "form" => Marks::SERVICE,
        "aside" | "table" => Marks::BOX,
        "footer" => Marks::FOOTER,
        "header" => Marks::HEADER,
        "article" => Marks::ARTICLE,
        "main" => Marks::MAIN,
        "figcaption" => Marks::CAPTION,
        "blockquote" => Marks::QUOTATION,
        _ => Marks::default(),
    }
}

fn of_role(role: &str) -> Marks {
    match role {
        "navigation" | "search" | "menu" | "menubar" | "toolbar" => Marks::MENU,
        "banner" | "contentinfo" => Marks::MARGIN,
        "dialog" | "alertdialog" => Marks::SERVICE,
        "main" => Marks::MAIN,
        "article" => Marks::ARTICLE,
        _ => Marks::default(),
    }
}

fn of_property(property: &str) -> Marks {
    match property {
        "articleBody" => Marks::MAIN,
        "headline" => Marks::HEADLINE,
        "comment" => Marks::COMMENTS,
        "caption" => Marks::CAPTION,
        _ => Marks::default(),
    }
}

/// What the words of a class or an id say.
fn of_class(value: &str) -> Marks {
    let mut marks = Marks::default();
    let mut end = MOST.min(value.len());
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    for name in value[..end].split_ascii_whitespace() {
        let mut before = String::new();
        for word in words_of(name) {
            marks |= of_word(&word);
            marks |= of_pair(&before, &word);
            before = word;
        }
    }
    marks
}

/// The words of a name: parted at signs, digits and where a small letter comes before a capital.
/// Names that are made up (“hJpRRP”) have none.
fn words_of(name: &str) -> impl Iterator<Item = String> + '_ {
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_ascii_alphabetic()) {
        let bytes = part.as_bytes();
        let mut start = 0;
        for at in 1..=bytes.len() {
            let is_end = at == bytes.len()
                || (bytes[at - 1].is_ascii_lowercase() && bytes[at].is_ascii_uppercase());
            if !is_end {
                continue;
            }
            // A short word stands alone; a short piece of one is nothing.
            let is_whole = at - start == bytes.len();
            if at - start >= SHORTEST || (is_whole && at - start == SHORTEST - 1) {
                words.push(part[start..at].to_ascii_lowercase());
            }
            start = at;
        }
    }
    words.into_iter()
}

fn of_word(word: &str) -> Marks {
    match word {
        "nav" | "navbar" | "navigation" | "menu" | "menus" | "breadcrumb" | "breadcrumbs"
        | "pagination" | "pager" | "toolbar" | "topbar" | "tags" | "taglist" | "toc" => Marks::MENU,
        "comments" | "comment" | "disqus" | "commentlist" | "respond" | "commentaires"
        | "kommentare" | "commenti" | "comentarios" | "livefyre" | "coral" => Marks::COMMENTS,
        "voices" | "reactions" | "responses" | "replies" | "discussion" | "conversation"
        | "opinions" | "letters" | "forum" | "debate" | "feedback" | "reviews" => Marks::VOICES,
        "related" | "relatedposts" | "relatedarticles" | "recommended" | "recommendations"
        | "recommendation" | "recirculation" | "recirc" | "trending" | "popular" | "mostread"
        | "mostpopular" | "readmore" | "readnext" | "teaser" | "teasers" | "carousel"
        | "moreon" | "seealso" | "alsoread" | "yarpp" | "similar" | "suggested" | "promoted" => {
            Marks::RELATED
        }
        "newsletter" | "newsletters" | "subscribe" | "subscription" | "signup" | "cookie"
        | "cookies" | "consent" | "gdpr" | "share" | "sharing" | "sharedaddy" | "social"
        | "promo" | "promos" | "promotion" | "ad" | "ads" | "advert" | "adverts"
        | "advertisement" | "advertising" | "sponsor" | "sponsored" | "sponsors" | "modal"
        | "popup" | "overlay" | "login" | "register" | "donate" | "donation" | "mailchimp"
        | "poll" | "quiz" => Marks::SERVICE,
        "offer" | "offers" | "paywall" | "regwall" | "upsell" | "barrier" | "subscriber" => {
            Marks::OFFER
        }
        "outbrain" | "taboola" | "zergnet" | "revcontent" | "mgid" | "plista" => Marks::BOUGHT,
        "sidebar" | "copyright" | "colophon" | "imprint" | "masthead" | "rail" => Marks::MARGIN,
        "standfirst" | "deck" | "dek" | "lede" | "subtitle" | "subheadline" | "subhead"
        | "summary" | "intro" | "preamble" | "lead" | "chapo" | "vorspann" | "ingress"
        | "subheading" | "kickerline" | "abstract" | "strapline" => Marks::STANDFIRST,
        "correction" | "corrections" | "clarification" | "footnote" | "footnotes" | "update"
        | "updates" | "note" | "erratum" | "corrigendum" | "editornote" => Marks::NOTE,
        "factbox" | "infobox" | "facts" | "fact" | "keyfacts" | "explainer" | "timeline"
        | "glossary" | "figures" | "backgrounder" => Marks::BOX,
        "tweet" | "twitter" | "instagram" | "tiktok" | "embed" | "bluesky" | "mastodon"
        | "facebook" => Marks::POST,
        "headline" | "title" | "hed" | "heading" => Marks::HEADLINE,
        "infinite" | "next" => Marks::NEXT,
        "caption" | "captions" | "credit" => Marks::CAPTION,
        _ => Marks::default(),
    }
}

/// What two words in a row say.
fn of_pair(one: &str, other: &str) -> Marks {
    match (one, other) {
        ("most", "read" | "viewed" | "shared" | "recent")
        | ("read", "more" | "next" | "also")
        | ("see", "also")
        | ("also", "read")
        | ("you", "may" | "might")
        | ("up", "next") => Marks::RELATED,
        ("sign", "up" | "in") | ("log", "in") => Marks::SERVICE,
        ("editor" | "editors", "note") => Marks::NOTE,
        ("site", "footer" | "header") | ("page", "footer" | "header") | ("side", "bar") => {
            Marks::MARGIN
        }
        _ => Marks::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_signs_and_capitals() {
        let words: Vec<String> = words_of("relatedArticles__wrap-2 hJpRRP").collect();
        assert_eq!(words, ["related", "articles", "wrap", "rrp"]);
        assert!(of_class("jp-relatedposts").any(Marks::RELATED));
        assert!(of_class("read-more").any(Marks::RELATED));
        assert!(of_class("site-footer").any(Marks::MARGIN));
        for nothing in ["hJpRRP", "adKjw", "container", "story-body", "unrelated-x"] {
            assert_eq!(of_class(nothing), Marks::default(), "{nothing}");
        }
    }
}
