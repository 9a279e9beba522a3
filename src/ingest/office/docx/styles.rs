//! The styles of a Word document, as far as they say what a paragraph is.

use std::collections::BTreeMap;

use super::super::Trouble;
use super::super::xml::{Cursor, Step, decoded};

/// Most styles that build on one another.
const CHAIN: usize = 16;

/// Names of styles for quotations that stand as paragraphs of their own, in small letters.
const QUOTATIONS: [&str; 4] = ["block text", "intense quote", "quotations", "quote"];

/// Styles by the names that paragraphs use.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    /// The name that people see, in small letters.
    name: String,
    based_on: Option<String>,
    list: Option<u64>,
    is_heading: bool,
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The list that it is an item of.
    pub(super) list: Option<u64>,
    pub(super) is_heading: bool,
    pub(super) is_quoted: bool,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn of_part(part: &[u8]) -> Result<Styles, Trouble> {
        let text = decoded(part)?;
        let mut cursor = Cursor::new(&text);
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        loop {
            match cursor.step()? {
                Step::Open(element) => {
                    let value = || element.attribute("val");
                    let style = open.as_mut().map(|(_, style)| style);
                    match (element.name(), style) {
                        ("style", _) => {
                            let id = element.attribute("styleId").unwrap_or_default();
                            open = Some((id, Style::default()));
                        }
                        ("name", Some(style)) => {
                            style.name = value().unwrap_or_default().to_lowercase();
                        }
                        ("basedOn", Some(style)) => style.based_on = value(),
                        ("numId", Some(style)) => {
                            style.list = value().and_then(|id| id.parse().ok());
                        }
                        ("outlineLvl", Some(style)) => {
                            style.is_heading = value().as_deref() != Some("9");
                        }
                        _ => {}
                    }
                }
                Step::Close(name) if name.name() == "style" => styles.extend(open.take()),
                Step::End => return Ok(Styles(styles)),
                _ => {}
            }
        }
    }

    /// What the style of that name makes of a paragraph.
    pub(super) fn shape(&self, id: &str) -> Shape {
        let mut shape = Shape::default();
        let mut next = self.0.get(id);
        for _ in 0..CHAIN {
            let Some(style) = next else {
                break;
            };
            shape.list = shape.list.or(style.list);
            shape.is_heading |= style.is_heading;
            shape.is_quoted |= QUOTATIONS.contains(&&*style.name);
            next = style.based_on.as_ref().and_then(|id| self.0.get(id));
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_build_on_one_another() {
        let style =
            |id: &str, inside: &str| format!("<w:style w:styleId='{id}'>{inside}</w:style>");
        let part = [
            style(
                "a",
                "<w:name w:val='Quote'/><w:numPr><w:numId w:val='5'/></w:numPr>",
            ),
            style(
                "b",
                "<w:basedOn w:val='a'/><w:numPr><w:numId w:val='6'/></w:numPr>",
            ),
            style("c", "<w:basedOn w:val='b'/><w:outlineLvl w:val='2'/>"),
            style("d", "<w:outlineLvl w:val='9'/>"),
            style("loop", "<w:basedOn w:val='loop'/>"),
        ];
        let part = format!("<w:styles>{}</w:styles>", part.concat());
        let styles = Styles::of_part(part.as_bytes()).expect("read");
        let shape = |list, is_heading, is_quoted| Shape {
            list,
            is_heading,
            is_quoted,
        };
        assert_eq!(styles.shape("a"), shape(Some(5), false, true));
        assert_eq!(styles.shape("b"), shape(Some(6), false, true));
        assert_eq!(styles.shape("c"), shape(Some(6), true, true));
        for plain in ["d", "loop", "other"] {
            assert_eq!(styles.shape(plain), Shape::default(), "{plain}");
        }
    }
}
