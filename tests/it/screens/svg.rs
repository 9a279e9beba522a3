//! A screen as SVG, for the picture in the README.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Points of a cell, and of the line on which its letters stand.
const WIDTH: u16 = 9;
const HEIGHT: u16 = 19;
const BASE: u16 = 14;
const INK: [u8; 3] = [0xd4; 3];
const PAPER: [u8; 3] = [0x1e; 3];

/// The screen, a group of equal cells a rectangle and a text.
pub(crate) fn of(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (columns * WIDTH, rows * HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"monospace\" font-size=\"15\">\n<title>An article under review in \
         proofmark</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        hex(PAPER)
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let first = &buffer[(x, y)];
            let length = (x..columns)
                .take_while(|at| looks_like(&buffer[(*at, y)], first))
                .count() as u16;
            let words: String = (x..x + length).map(|at| buffer[(at, y)].symbol()).collect();
            group(&mut svg, first, &words, (x, y, length));
            x += length;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn looks_like(a: &Cell, b: &Cell) -> bool {
    (a.fg, a.bg, a.modifier, a.underline_color) == (b.fg, b.bg, b.modifier, b.underline_color)
}

fn group(svg: &mut String, look: &Cell, words: &str, (x, y, length): (u16, u16, u16)) {
    let (left, top, width) = (x * WIDTH, y * HEIGHT, length * WIDTH);
    if let Some(paper) = rgb(look.bg) {
        let fill = hex(paper);
        writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>"
        )
        .expect("memory takes everything");
    }
    if words.trim().is_empty() {
        return;
    }
    let ink = hex(rgb(look.fg).unwrap_or(INK));
    let mut style = String::new();
    if look.modifier.contains(Modifier::BOLD) {
        style += " font-weight=\"bold\"";
    }
    if look.modifier.contains(Modifier::ITALIC) {
        style += " font-style=\"italic\"";
    }
    if look.modifier.contains(Modifier::UNDERLINED) {
        style += " text-decoration=\"underline\"";
    }
    if look.modifier.contains(Modifier::CROSSED_OUT) {
        style += " text-decoration=\"line-through\"";
    }
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" textLength=\"{width}\" xml:space=\"preserve\" \
         fill=\"{ink}\"{style}>{words}</text>",
        top + BASE
    )
    .expect("memory takes everything");
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour of the fixed part of the 256-colour table; `None`: the terminal's own.
fn rgb(colour: Color) -> Option<[u8; 3]> {
    let Color::Indexed(index) = colour else {
        return None;
    };
    if index >= 232 {
        return Some([8 + (index - 232) * 10; 3]);
    }
    let level = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
    let cube = index.checked_sub(16)?;
    Some([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
}
