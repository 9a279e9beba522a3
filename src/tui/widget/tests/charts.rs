//! Bars and columns.

use super::super::*;
use super::{ASCII, DARK, drawn};
use crate::tui::widget::{ChartRow, Role, Theme};

fn lines(rows: &[ChartRow], width: u16, theme: Theme) -> Vec<String> {
    let chart = Chart { rows, theme };
    let height = chart.height() as u16;
    let buf = drawn(width, height, |area, buf| chart.draw(area, 0, buf));
    let line = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
    (0..height).map(|y| line(y).trim_end().to_owned()).collect()
}

#[test]
fn bars_tell_their_count_first_and_are_full_for_the_most_alone() {
    let bar = |label: &str, count| ChartRow::bar(label, count, 100, Role::Source);
    let rows = [
        ChartRow::Heading("types".to_owned()),
        bar("person", 100),
        bar("a very long name of a body", 99),
        bar("none", 0),
        bar("one", 1),
        ChartRow::Heading("more".to_owned()),
        ChartRow::Line("words".to_owned(), Role::Dim),
    ];
    assert_eq!(
        lines(&rows, 30, DARK),
        [
            "types",
            "person       ▰▰▰▰▰▰▰▰▰▰▰▰▰ 100",
            "a very long… ▰▰▰▰▰▰▰▰▰▰▰▰ 99",
            "none         0",
            "one          ▰ 1",
            "",
            "more",
            "words",
        ]
    );
    assert_eq!(lines(&rows, 30, ASCII)[4], "one          # 1");
    // No room for bars: what they tell stays.
    assert_eq!(lines(&rows, 10, DARK)[1], "per… ▰ 100");
    for width in 1..40 {
        lines(&rows, width, DARK);
    }
}

#[test]
fn columns_show_nothing_and_everything_as_such_and_means_of_many() {
    let columns = |shares: &[f64], width, theme| {
        lines(&[ChartRow::Columns(shares.to_vec())], width, theme)[0].clone()
    };
    assert_eq!(columns(&[0.0, 0.01, 0.5, 0.99, 1.0], 9, DARK), "_▁▄▇█");
    assert_eq!(columns(&[0.0, 0.01, 0.5, 0.99, 1.0], 9, ASCII), "_.=%#");
    assert_eq!(columns(&[1.0, 0.0, 1.0, 1.0], 2, DARK), "▄█");
    assert_eq!(columns(&[], 5, DARK), "");
}
