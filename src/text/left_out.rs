//! Paragraphs of a file that are not in its article, and taking them in.

use super::{QuotedBlock, QuotedParagraph, Span, Spot};

/// A paragraph of the file that is not in the article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The byte of the text before which it stood.
    pub before: usize,
    /// The paragraph.
    pub words: String,
}

/// What an article is made of besides its text, as far as it counts in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    pub(super) quoted_blocks: Vec<QuotedBlock>,
    pub(super) spots: Vec<(usize, Spot)>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A text with some of its paragraphs that were left out put where they stood, and what counts in it
/// moved along; and the paragraphs that are in it now. `wanted` are paragraphs by their words; one
/// that was not left out is none.
pub(super) fn taken_in(
    text: &str,
    placed: &Placed,
    wanted: &[String],
) -> (String, Placed, Vec<LeftOut>) {
    let mut longer = String::with_capacity(text.len());
    let mut taken: Vec<LeftOut> = Vec::new();
    let mut rest: Vec<LeftOut> = Vec::new();
    // Where something was put in, in bytes of the text as it was, and how much.
    let mut moves: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for paragraph in &placed.left_out {
        if !wanted.contains(&paragraph.words) || paragraph.before < from {
            rest.push(paragraph.clone());
            continue;
        }
        let at = paragraph.before.min(text.len());
        longer.push_str(&text[from..at]);
        let before = longer.len();
        let is_last = at == text.len();
        if is_last && !longer.is_empty() {
            longer.push('\n');
        }
        let stands = longer.len();
        longer.push_str(&paragraph.words);
        longer.push_str(if is_last { "\n" } else { "\n\n" });
        moves.push((at, longer.len() - before));
        taken.push(LeftOut {
            before: stands,
            words: paragraph.words.clone(),
        });
        from = at;
    }
    longer.push_str(&text[from..]);
    let moved = |byte: usize| {
        let put = moves.iter().take_while(|(at, _)| *at <= byte);
        byte + put.map(|(_, length)| length).sum::<usize>()
    };
    // The end of a span that something was put behind stays where it was.
    let moved_end = |byte: usize| {
        let put = moves.iter().take_while(|(at, _)| *at < byte);
        byte + put.map(|(_, length)| length).sum::<usize>()
    };
    let span = |span: Span| Span::new(moved(span.start), moved_end(span.end));
    let paragraph = |paragraph: &QuotedParagraph| QuotedParagraph {
        span: span(paragraph.span),
        joints: paragraph.joints.iter().copied().map(span).collect(),
    };
    let block = |block: &QuotedBlock| QuotedBlock {
        span: span(block.span),
        paragraphs: block.paragraphs.iter().map(paragraph).collect(),
    };
    let placed = Placed {
        quoted_blocks: placed.quoted_blocks.iter().map(block).collect(),
        spots: placed
            .spots
            .iter()
            .map(|(at, spot)| (moved(*at), *spot))
            .collect(),
        left_out: rest
            .into_iter()
            .map(|paragraph| LeftOut {
                before: moved(paragraph.before),
                words: paragraph.words,
            })
            .collect(),
    };
    (longer, placed, taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Article, Media};

    fn article() -> Article {
        let text = "Wall\n\nIt cost 4 million.\n\nSo he said.\n";
        let at = |words: &str| text.find(words).expect("there");
        let left_out = |before: usize, words: &str| LeftOut {
            before,
            words: words.to_owned(),
        };
        let said = Span::new(at("So he"), at("So he") + "So he said.".len());
        Article::new("a.html", text, Media::Html)
            .with_spots(vec![(0, Spot::Page(1)), (at("So he"), Spot::Page(2))])
            .with_quoted_blocks(vec![QuotedBlock {
                span: said,
                paragraphs: vec![QuotedParagraph {
                    span: said,
                    joints: Vec::new(),
                }],
            }])
            .without(vec![
                left_out(at("It cost"), "Menu."),
                left_out(at("So he"), "A box."),
                left_out(text.len(), "A note."),
            ])
    }

    fn take(words: &[&str]) -> Article {
        let words: Vec<String> = words.iter().map(|words| words.to_string()).collect();
        article().taking_in(&words)
    }

    #[test]
    fn paragraphs_come_in_where_they_stood_and_all_else_moves_along() {
        let all = take(&["A note.", "A box.", "never there"]);
        assert_eq!(
            all.text(),
            "Wall\n\nIt cost 4 million.\n\nA box.\n\nSo he said.\n\nA note.\n"
        );
        let said = all.text().find("So he").expect("there");
        assert_eq!(all.spot_at(said), Some(Spot::Page(2)));
        assert_eq!(all.spot_at(said - 2), Some(Spot::Page(1)));
        let block = &all.quoted_blocks()[0];
        assert_eq!(block.span.of(all.text()), "So he said.");
        assert_eq!(block.paragraphs[0].span, block.span);
        let left: Vec<&str> = all.left_out().iter().map(|p| p.words.as_str()).collect();
        assert_eq!(left, ["Menu."]);
        let taken: Vec<&str> = all
            .taken_in()
            .iter()
            .map(|p| &all.text()[p.before..p.before + p.words.len()])
            .collect();
        assert_eq!(taken, ["A box.", "A note."]);
    }

    #[test]
    fn digests_and_offsets_are_those_of_the_longer_text() {
        let all = take(&["Menu."]);
        let fresh = Article::new("a.html", all.text(), Media::Html);
        assert_eq!(all.text_sha256(), fresh.text_sha256());
        assert_eq!(all.length(), fresh.length());
        assert_eq!(take(&["nothing"]).text(), article().text());
        // What is taken in stands before a place that is left out behind it.
        let left = &all.left_out()[0];
        assert!(all.text()[left.before..].starts_with("So he"), "{left:?}");
    }
}
