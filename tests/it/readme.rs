//! The README's key list is the one the program has.

const FROM: &str = "<!-- keys -->\n";
const TO: &str = "<!-- /keys -->";

#[test]
fn the_key_list_is_that_of_the_command_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let (before, rest) = readme
        .split_once(FROM)
        .expect("a mark where the keys begin");
    let (keys, after) = rest.split_once(TO).expect("a mark where the keys end");
    let right = proofmark::tui::command::markdown();
    if keys != right && std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{before}{FROM}{right}{TO}{after}")).expect("writing");
        return;
    }
    assert_eq!(
        keys, right,
        "UPDATE_README=1 cargo test readme writes it anew"
    );
}
