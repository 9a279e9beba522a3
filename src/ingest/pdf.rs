//! The text layer of a PDF: its paragraphs in reading order, with the page each word stands on.
//!
//! `page` gives the pieces of text and their boxes, `margins` takes off what runs along every page,
//! `columns` and `lines` put the pieces in order, `paragraphs` finds where one ends, `words` makes
//! words whole that line ends parted. Nothing is drawn, run or fetched; scripts, forms and files
//! inside are not looked at.

mod bounded;
mod columns;
mod lines;
mod margins;
mod page;
mod paragraphs;
mod words;

use unpdf::parser::backend::PdfBackend;

use self::bounded::Bounded;
use self::page::Page;
use self::paragraphs::{Paragraph, Usual};
use self::words::Known;
use super::Refused;
use crate::text::{About, Fact, LeftOut};

/// What made the text layer, as the sidecar says it.
pub(super) const EXTRACTOR: &str = "proofmark pdf 1";

/// Pages that are read of one file: longer ones are books of reference and no article.
const MOST_PAGES: usize = 2_000;

/// What was taken from a PDF.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) text: String,
    /// Where a page begins, in bytes of the text, and its number; in order.
    pub(super) pages: Vec<(usize, u32)>,
    /// Running heads and feet.
    pub(super) left_out: Vec<LeftOut>,
    pub(super) notices: Vec<String>,
    pub(super) about: About,
}

/// Whether bytes begin as a PDF does; some programs put a few before it.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let is_text = head.starts_with(b"<") || head.starts_with(b"PK");
    !is_text && head.windows(MAGIC.len()).any(|window| window == MAGIC)
}

/// How a PDF begins.
const MAGIC: &[u8] = b"%PDF-";

/// The text of a PDF, or why there is none to be had.
pub(super) fn text_layer(bytes: &[u8]) -> Result<Printed, Refused> {
    let file = Bounded::load(bytes).map_err(|error| refusal(&error))?;
    let integrity = file.integrity();
    let numbers: Vec<u32> = file.pages().into_keys().collect();
    if numbers.is_empty() {
        return Err("a PDF without pages".into());
    }
    if numbers.len() > MOST_PAGES {
        return Err(Refused {
            what: "a PDF of more than 2,000 pages",
            way_out: "save the pages that matter as a PDF of their own",
        });
    }
    let mut pages: Vec<Page> = numbers.iter().map(|at| page::read(&file, *at)).collect();
    if pages
        .iter()
        .all(|page| page.pieces.is_empty() && page.turned.is_empty())
    {
        return Err(match pages.iter().any(|page| page.is_picture) {
            true => SCANNED,
            false if pages.iter().any(|page| page.unreadable > 0) => UNREADABLE,
            false if integrity.xref_reconstructed || integrity.pages_incomplete() => DAMAGED,
            false => "a PDF without text".into(),
        });
    }
    let mut notices = told(&pages, integrity.pages_incomplete());
    let margins = margins::take_off(&mut pages);
    let paragraphs = in_order(&pages);
    let lines = paragraphs.iter().flat_map(|placed| &placed.paragraph.lines);
    let known = Known::of(lines.map(String::as_str));
    let mut about = facts(&file, &paragraphs, &known);
    about.learn_if_said(Fact::Url, margins.address.as_deref());
    let (text, starts) = written(&joined(paragraphs), &known);
    if margins.pages > 0 {
        let pages = counted(margins.pages, "page");
        notices.push(format!("page heads and numbers are left out on {pages}"));
    }
    let start_of = |number: u32| {
        let after = starts.partition_point(|(_, page)| *page < number);
        starts.get(after).map_or(text.len(), |(at, _)| *at)
    };
    let left_out = margins.running.into_iter().map(|(page, words)| LeftOut {
        before: start_of(page),
        words,
    });
    let left_out = left_out.collect();
    Ok(Printed {
        text,
        pages: starts,
        left_out,
        notices,
        about,
    })
}

/// Why a file is not read, in words.
fn refusal(error: &unpdf::Error) -> Refused {
    match error {
        unpdf::Error::Encrypted | unpdf::Error::InvalidPassword => Refused {
            what: "a PDF with a password",
            way_out: "open it with its password and save a copy without one",
        },
        _ => DAMAGED,
    }
}

const DAMAGED: Refused = Refused {
    what: "a damaged PDF",
    way_out: "get the file anew, or open it elsewhere and print it as a PDF",
};

/// Fonts without a table that tells which letters they draw.
const UNREADABLE: Refused = Refused {
    what: "a PDF whose fonts tell no letters",
    way_out: "have its text recognised (ocrmypdf --force-ocr IN.pdf OUT.pdf), then open that",
};

/// Pages that are pictures.
const SCANNED: Refused = Refused {
    what: "a scanned PDF, its pages pictures without text,",
    way_out: "have its text recognised first (ocrmypdf IN.pdf OUT.pdf), then open that",
};

/// A paragraph and where it stands.
#[derive(Debug)]
struct Placed {
    page: u32,
    paragraph: Paragraph,
    /// Whether it is the first of a region.
    is_first: bool,
}

/// The paragraphs of all pages in reading order.
fn in_order(pages: &[Page]) -> Vec<Placed> {
    let mut placed = Vec::new();
    for page in pages {
        let regions = columns::regions(page.pieces.clone());
        let usual = Usual::of(&regions);
        for region in &regions {
            let paragraphs = paragraphs::paragraphs(region, usual)
                .into_iter()
                .enumerate();
            placed.extend(paragraphs.map(|(at, paragraph)| Placed {
                page: page.number,
                paragraph,
                is_first: at == 0,
            }));
        }
        placed.extend(page.turned.iter().map(|text| Placed {
            page: page.number,
            paragraph: Paragraph::turned(text),
            is_first: false,
        }));
    }
    placed
}

/// Paragraphs that may stand between two parts of one: a note at the foot of the page, a caption.
const BETWEEN: usize = 6;

/// Joins what the end of a column or a page parted; each part with its page.
fn joined(placed: Vec<Placed>) -> Vec<Vec<Placed>> {
    let mut whole: Vec<Vec<Placed>> = Vec::new();
    for next in placed {
        let from = whole.len().saturating_sub(BETWEEN);
        let last = whole.len().saturating_sub(1);
        let goes_on = (from..whole.len()).rev().find(|at| {
            let part = whole[*at].last();
            part.is_some_and(|part| part.goes_on_in(&next, *at == last))
        });
        match goes_on {
            Some(at) if next.is_first => whole[at].push(next),
            _ => whole.push(vec![next]),
        }
    }
    whole
}

impl Placed {
    /// Whether a paragraph goes on in another, which stands right below or further on.
    fn goes_on_in(&self, next: &Placed, is_right_below: bool) -> bool {
        let (one, other) = (&self.paragraph, &next.paragraph);
        if one.is_row || other.is_row || !one.is_like(other) || next.page > self.page + 1 {
            return false;
        }
        let end = one.lines.last().map_or("", String::as_str);
        let start = other.lines.first().and_then(|line| line.chars().next());
        let is_small = start.is_some_and(char::is_lowercase);
        let is_hyphen = end.ends_with(words::HYPHENS);
        let is_open = !end.ends_with(['.', '!', '?', ':', '”', '"', '…', '»']);
        let is_full = one.is_full && !other.is_set_in;
        is_open
            && (is_small || (is_right_below && is_full && one.lines.len() > 1) || is_hyphen)
            && (is_right_below || one.is_full)
    }
}

/// The text of the paragraphs, and where a page begins in it.
fn written(whole: &[Vec<Placed>], known: &Known) -> (String, Vec<(usize, u32)>) {
    let mut text = String::new();
    let mut starts: Vec<(usize, u32)> = Vec::new();
    for parts in whole {
        let is_close = parts.first().is_some_and(|part| part.paragraph.is_close);
        if !text.is_empty() {
            text.push_str(if is_close { "\n" } else { "\n\n" });
        }
        let mut paragraph = String::new();
        for part in parts {
            let at = text.len() + paragraph.len() + usize::from(!paragraph.is_empty());
            if starts.last().is_none_or(|(_, page)| *page != part.page) {
                starts.push((at, part.page));
            }
            for line in &part.paragraph.lines {
                known.join(&mut paragraph, line);
            }
        }
        text.push_str(&paragraph);
    }
    text.push('\n');
    (text, starts)
}

/// What a reader should know of how the text came about.
fn told(pages: &[Page], is_incomplete: bool) -> Vec<String> {
    let mut notices = vec![format!("the text of {}", counted(pages.len(), "page"))];
    let pictures = pages
        .iter()
        .filter(|page| page.is_picture && page.pieces.is_empty());
    let pictures: Vec<String> = pictures.map(|page| page.number.to_string()).collect();
    if !pictures.is_empty() {
        const SHOWN: usize = 8;
        let more = if pictures.len() > SHOWN {
            " and more"
        } else {
            ""
        };
        let shown = pictures[..pictures.len().min(SHOWN)].join(", ");
        notices.push(format!("a picture without text: page {shown}{more}"));
    }
    if pages.iter().any(|page| page.is_recognised) {
        notices.push("what a scanner recognised: check it against the page".to_owned());
    }
    let unreadable: usize = pages.iter().map(|page| page.unreadable).sum();
    if unreadable > 0 {
        notices.push(format!(
            "{} in fonts that tell no letters",
            counted(unreadable, "piece of text")
        ));
    }
    if pages.iter().any(|page| page.is_cut) {
        notices.push("more is drawn on a page than is read: words of it are missing".to_owned());
    }
    let turned: usize = pages.iter().map(|page| page.turned.len()).sum();
    if turned > 0 {
        let told = counted(turned, "piece of text");
        notices.push(format!("{told} not upright, in the order of the file"));
    }
    if pages.iter().any(|page| page.is_leftward) {
        notices.push("text from right to left: check its order against the page".to_owned());
    }
    if is_incomplete {
        notices.push("the file is damaged: pages of it are missing".to_owned());
    }
    notices
}

fn counted(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "piece of text") => format!("{count} pieces of text"),
        _ => format!("{count} {what}s"),
    }
}

/// A headline's letters are so much larger than those of the text.
const HEADLINE: f32 = 1.25;

/// What the file says of itself; its headline is the largest line of the first page if it has none.
fn facts(file: &Bounded, placed: &[Placed], known: &Known) -> About {
    let said = file.metadata();
    let mut about = About::default();
    let title = said
        .title
        .as_deref()
        .map(str::trim)
        .filter(|title| is_title(title));
    about.learn_if_said(Fact::Title, title);
    let author = said.author.as_deref().map(str::trim);
    about.learn_if_said(Fact::Author, author.filter(|author| is_title(author)));
    if about.title().is_none() {
        about.learn_if_said(Fact::Title, headline(placed, known).as_deref());
    }
    about
}

fn headline(placed: &[Placed], known: &Known) -> Option<String> {
    let mut sizes: Vec<(f32, usize)> = placed.iter().map(Placed::weight).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut sum = 0;
    let usual = sizes.iter().find(|(_, letters)| {
        sum += letters;
        sum >= half
    })?;
    let first = placed.first()?.page;
    let of_first = placed.iter().filter(|placed| placed.page == first);
    let largest = of_first
        .filter(|placed| placed.paragraph.size > usual.0 * HEADLINE)
        .max_by(|one, other| one.paragraph.size.total_cmp(&other.paragraph.size))?;
    let mut words = String::new();
    for line in &largest.paragraph.lines {
        known.join(&mut words, line);
    }
    Some(words)
}

impl Placed {
    /// The size of its letters and how many they are.
    fn weight(&self) -> (f32, usize) {
        let letters = self.paragraph.lines.iter().map(String::len).sum();
        (self.paragraph.size, letters)
    }
}

/// Whether a title is one and not what a program left: a file's name, nothing.
fn is_title(title: &str) -> bool {
    let small = title.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".indd", ".pdf", ".html", ".htm", ".odt", ".qxd", ".rtf",
    ];
    let is_left = [
        "untitled",
        "microsoft word",
        "document1",
        "about:blank",
        "http",
        "(",
    ];
    !small.is_empty()
        && !is_file.iter().any(|end| small.ends_with(end))
        && !is_left.iter().any(|start| small.starts_with(start))
}

#[cfg(test)]
mod tests;
