//! How fast detection is: a whole article, and loading the model.
//!
//! The text is made up here, of the kinds of sentences news has, so that figures can be
//! compared between machines.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use proofmark::detect::{Detect, Detector};
use proofmark::text::{Article, Media};

const PARAGRAPHS: &[&str] = &[
    "The council voted on Monday to close the old harbour, which has not been used since 2011.",
    "“We lost two boats and a crane in the storm,” said Ann Field, a spokeswoman for the port. \
     “Nobody asked us what it would cost.”",
    "According to people familiar with the matter, the company plans to sell its shipping \
     business for about 40 million euros next year.",
    "Mr. Lind, a former judge, told reporters that the law would not survive in court, because \
     it was written in a hurry.",
    "The number of visitors fell by a third in the first half of the year, the museum said, and \
     it expects a further drop of 5 percent.",
];

fn article(bytes: usize) -> Article {
    let mut text = String::with_capacity(bytes + 300);
    while text.len() < bytes {
        for paragraph in PARAGRAPHS {
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
    }
    Article::new("bench.txt", &text, Media::Plain)
}

fn detect(criterion: &mut Criterion) {
    let detector = Detector::new();
    let mut group = criterion.benchmark_group("detect");
    for bytes in [3_000, 100_000] {
        let article = article(bytes);
        group.throughput(Throughput::Bytes(article.text().len() as u64));
        group.bench_function(format!("{bytes} bytes"), |b| {
            b.iter(|| black_box(detector.detect(black_box(&article))));
        });
    }
    group.finish();
    criterion.bench_function("load the model", |b| b.iter(|| black_box(Detector::new())));
}

criterion_group!(benches, detect);
criterion_main!(benches);
