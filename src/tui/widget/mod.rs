//! Parts of screens, drawn from plain values.
//!
//! Widgets keep nothing and change nothing but the buffer. They take text as
//! [`Visible`](crate::text::Visible) or as clusters, which cannot be made of unsafe text;
//! bare strings are labels of the program itself.

mod article_pane;
mod chart;
mod draw;
mod fields;
mod frame;
mod input_line;
mod legend;
mod line_edit;
mod list_pane;
mod marks;
mod picture;
mod popup;
mod shown_marks;
mod status;
#[cfg(test)]
mod tests;
mod text_line;
mod theme;

pub use article_pane::{ArticlePane, Hint};
pub(in crate::tui) use chart::{Chart, ChartRow};
pub use draw::{clear, draw_label, draw_visible};
pub(in crate::tui) use fields::{Field, Fields, plain, rows_of_words, wrapped_words};
pub use frame::{Frame, Heading, scrollbar};
pub use input_line::InputLine;
pub(in crate::tui) use legend::LEGEND;
pub use line_edit::{Change, LineEdit};
pub use list_pane::{ListPane, ListRow};
pub use marks::{MarkedRange, Marks};
pub use picture::picture;
pub use popup::{TablePopup, TableRow};
pub(in crate::tui) use shown_marks::ShownMarks;
pub(in crate::tui) use status::{kind_letters, open_because, role_of, role_of_item};
pub use text_line::{Segment, TextLine, progress_bar};
pub use theme::{Depth, Ground, Role, Theme};
