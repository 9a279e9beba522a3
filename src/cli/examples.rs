//! The examples that end every command's help. A test types each of them.

/// Of the program.
pub(super) const PROGRAM: &str = "\
Examples:
  proofmark story.txt                    review one article
  proofmark desk/                        the queue of a folder
  proofmark help export                  help of a command
  proofmark export -f markdown story.txt

An article called like a command is given as ./NAME.";

/// Of `detect`.
pub(super) const DETECT: &str = "\
Examples:
  proofmark detect --format table story.txt
  proofmark detect story.txt | jq -r '.claims[].text'
  proofmark detect archive/ > findings.jsonl
  proofmark detect --jsonl < articles.jsonl";

/// Of `export`.
pub(super) const EXPORT: &str = "\
Examples:
  proofmark export -f markdown story.txt -o report.md
  proofmark export -f csv --bom desk/ -o claims.csv
  proofmark export -f jsonl --all story.txt | jq -r .status";

/// Of `import`.
pub(super) const IMPORT: &str = "\
Examples:
  proofmark import -f brat marks/story.ann story.txt
  proofmark import -f w3c --as reviewer \"Ana Novak\" notes.jsonld story.txt
  proofmark import -f findings theirs.jsonl story.txt --report left-out.json";

/// Of `schema`.
pub(super) const SCHEMA: &str = "\
Examples:
  proofmark schema sidecar > sidecar-v1.schema.json
  proofmark schema detect | jq '.properties | keys'";

/// Of `add`.
pub(super) const ADD: &str = "\
Examples:
  proofmark add --online https://news.example/wall --into desk/
  proofmark add report.pdf minutes.docx --into desk/
  pbpaste | proofmark add - --into desk/
  proofmark add letters.mbox links.csv --into desk/";

/// Of `fetch-feed`.
pub(super) const FETCH_FEED: &str = "\
Examples:
  proofmark fetch-feed --online https://news.example/feed --into desk/
  proofmark fetch-feed --online subscriptions.opml --into desk/";

/// Of `text`.
pub(super) const TEXT: &str = "\
Examples:
  proofmark text page.html | less
  proofmark text --about --json desk/ | jq -r .title";

/// Of `queue`.
pub(super) const QUEUE: &str = "\
Examples:
  proofmark queue desk/
  proofmark queue --order progress desk/
  proofmark queue --json desk/ | jq -r 'select(.state == \"new\").article'";

/// Of `check`.
pub(super) const CHECK: &str = "\
Examples:
  proofmark check desk/ && git commit -m reviews desk/
  proofmark check --repair story.txt";

/// Of `move`.
pub(super) const MOVE: &str = "\
Examples:
  proofmark move draft.txt story.txt
  proofmark move story.txt archive/";

/// Of `score`.
pub(super) const SCORE: &str = "\
Examples:
  proofmark score gold.jsonl found.jsonl
  proofmark score --per-article --passes desk/";

/// Of `train`.
pub(super) const TRAIN: &str = "\
Examples:
  proofmark train corpora/ -o news-en.bin
  proofmark train --desk desk/ -o cards-en.bin";

/// Of `config`.
pub(super) const CONFIG: &str = "\
Examples:
  proofmark config
  proofmark config --edit
  proofmark --theme light config";

/// Of `completions`.
pub(super) const COMPLETIONS: &str = "\
Examples:
  proofmark completions bash > ~/.local/share/bash-completion/completions/proofmark
  proofmark completions fish > ~/.config/fish/completions/proofmark.fish";

/// Of `man`.
pub(super) const MAN: &str = "\
Examples:
  proofmark man | man -l -
  proofmark man export > proofmark-export.1";

/// Of `tutor`.
pub(super) const TUTOR: &str = "\
Examples:
  proofmark tutor
  proofmark tutor --theme light";
