use super::*;

#[test]
fn rich_text_in_the_code_page_of_the_document_or_of_a_font() {
    let text = |rest: &[u8]| {
        let start = b"{\\rtf1\\ansi\\ansicpg1251\\deff1{\\fonttbl{\\f0\\fcharset0 A;}{\\f1 B;}{\\f2\\fcharset161 C;}}";
        let bytes = [&start[..], rest, b"}"].concat();
        text_layer(&bytes).expect("read").text
    };
    assert_eq!(
        text(b"\\'cf\\'f0 {\\f0 \\'e9}{\\f2 \\'e1}\\'cf"),
        "Пр éαП\n"
    );
    assert_eq!(text(b"\xcf\xf0\\f0 \xe9\\plain \xcf"), "ПрéП\n");
    // Spares: as many as are told, in one byte or several; none at the end of a group.
    assert_eq!(
        text(b"\\u1055?\\uc2\\u1088\\'a1\\'a2!\\uc0\\u233e"),
        "Пр!ée\n"
    );
    assert_eq!(text(b"{\\u1055}?\\u1088\\par b"), "П?р\n\nb\n");
    assert_eq!(text(b"a\\\nb\\bin3 }}}c\\-d\\{"), "a\n\nbc\u{AD}d{\n");
}

#[test]
fn rich_text_tables_and_lists_as_other_writers_mark_them() {
    let text = |rest: &str| {
        text_layer(format!("{{\\rtf1 {rest}}}").as_bytes())
            .expect("read")
            .text
    };
    // Without \intbl; a table in a table; a note in a cell.
    assert_eq!(
        text("a\\par\\trowd b\\cell c\\cell\\row d\\par"),
        "a\n\nb c\n\nd\n"
    );
    assert_eq!(text("\\intbl b\\cell c\\cell\\row\\pard d"), "b c\n\nd\n");
    let nested = "\\intbl a\\cell\\itap2 b\\nestcell c\\nestcell{\\*\\nesttableprops\\nestrow}\
                  {\\nonesttables\\par x}\\pard\\intbl d\\cell\\row\\pard e";
    assert_eq!(text(nested), "a b c d\n\ne\n");
    assert_eq!(
        text("\\intbl a{\\footnote\\pard n}\\cell b\\cell\\row"),
        "a b\n\nn\n"
    );
    assert_eq!(
        text("\\ls1 a\\par b\\par\\ls2 c\\par\\outlinelevel1 d\\par e\\par"),
        "a\nb\n\nc\n\nd\n\ne\n"
    );
    assert_eq!(
        text("a{\\deleted b\\par}c\\par {\\revised d\\par}"),
        "ac\n\nd\n"
    );
}
