//! The one place that writes text into a buffer: a cluster into its cells.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{Cluster, Clusters, Signs, Visible};

/// Draws `cluster` at `x`, `y` if it ends before `right`; returns the cells it took.
///
/// Where only half of a wide cluster would fit, a blank is drawn: a terminal would push the
/// other half into the next pane.
pub(super) fn draw_cluster(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    right: u16,
    cluster: &Cluster<'_>,
    style: Style,
) -> u16 {
    let right = right.min(buf.area.right());
    if cluster.cells == 0 || x >= right || y >= buf.area.bottom() {
        return 0;
    }
    let fits = x.saturating_add(cluster.cells) <= right;
    let cells = cluster.cells.min(right - x);
    // Blanks are drawn one by one, so that a tab is as many cells as it has blanks.
    let is_whole = fits && !(cluster.cells > 1 && cluster.is_blank());
    for column in x..x + cells {
        let cell = &mut buf[(column, y)];
        cell.reset();
        cell.set_style(style);
        // A cell just reset is a blank already.
        if column == x && is_whole && cluster.drawn() != " " {
            cell.set_symbol(cluster.drawn());
        }
    }
    cells
}

/// Draws clusters in the first row of `area`; returns the cells they took.
pub(super) fn draw_clusters<'t>(
    buf: &mut Buffer,
    area: Rect,
    clusters: impl Iterator<Item = Cluster<'t>>,
    style: Style,
) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let mut x = area.x;
    for cluster in clusters {
        if x >= area.right() {
            break;
        }
        x += draw_cluster(buf, (x, area.y), area.right(), &cluster, style);
    }
    x - area.x
}

/// Draws a line of text in the first row of `area`; returns the cells it took.
pub fn draw_visible(buf: &mut Buffer, area: Rect, text: &Visible, style: Style) -> u16 {
    draw_clusters(buf, area, text.clusters(), style)
}

/// Draws a label of the program in the first row of `area`; returns the cells it took.
pub fn draw_label(buf: &mut Buffer, area: Rect, label: &'static str, style: Style) -> u16 {
    draw_clusters(buf, area, Clusters::new(label, 0, Signs::Unicode), style)
}

/// Draws a sign of one cell in every cell of `area`.
pub(super) fn draw_repeated(buf: &mut Buffer, area: Rect, sign: &'static str, style: Style) {
    let Some(cluster) = Clusters::new(sign, 0, Signs::Unicode).next() else {
        return;
    };
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            draw_cluster(buf, (x, y), area.right(), &cluster, style);
        }
    }
}

/// Gives every cell of the first row of `area` a style and leaves its text.
pub(super) fn tint(buf: &mut Buffer, area: Rect, style: Style) {
    buf.set_style(
        Rect {
            height: area.height.min(1),
            ..area
        },
        style,
    );
}

/// The part of the first row of `area` from `by` columns on.
pub(super) fn after(area: Rect, by: u16) -> Rect {
    let by = by.min(area.width);
    Rect {
        x: area.x + by,
        width: area.width - by,
        ..area
    }
}

/// Empties `area` for something laid over it.
///
/// A wide character that reaches into the area from the left goes too: its second half
/// would hide what is drawn there.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if area.x > buf.area.x && buf[(area.x - 1, y)].symbol().cell_width() > 1 {
            buf[(area.x - 1, y)].set_symbol(" ");
        }
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
}
