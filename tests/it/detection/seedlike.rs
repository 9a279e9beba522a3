//! A web article with everything broken at once, as it reaches a desk.

use proofmark::detect::{Kind, SourceType, Voice};

use super::detect;

const ARTICLE: &str = "Most of us would guess that the mayor of a large city keeps the keys of \
city hall with great care.\nWell, apparently that isn t the case.In yet another odd turn, Mayor \
Ann Field has been lending her keys to friends, telling them to come and go as they like, which \
worries the guards.\nHer rival was mocked for the same thing last year, with crowds shouting \
Give them back!\nfrom the steps of the town hall.According to both former and current unnamed \
city officials, Field has offered keys to the heads of three companies, however, only one of them \
accepted the offer.\nAccording to building safety experts, lending keys puts the archive at a high \
risk of theft.\nIf you lend a key, then you lend the house, meaning those who have it can walk in \
whenever they like, said Bo Lind, a former police chief and adviser to the city council.\
The city paid 40,000 euros for new locks in 2015.Giving out your keys is fine at home, but the mayor should stop it now.Featured image via Cy \
Moss/Agency Images2";

#[test]
fn everything_broken_at_once() {
    let findings = detect(ARTICLE);
    let words = |m: &proofmark::text::Mark| m.words(ARTICLE, " … ");
    let glued = [
        "In yet another",
        "According to both",
        "Giving out",
        "Featured image",
    ];
    for start in glued {
        let at = ARTICLE.find(start).unwrap_or(usize::MAX);
        assert!(
            findings.sentences.iter().any(|s| s.start == at),
            "no sentence starts at {start:?}"
        );
    }
    let broken = ARTICLE.find("from the steps").unwrap_or(usize::MAX);
    assert!(findings.sentences.iter().all(|s| s.start != broken));

    for (source, content) in [
        (
            "both former and current unnamed city officials",
            "heads of three companies",
        ),
        ("building safety experts", "high risk of theft"),
        (
            "Bo Lind, a former police chief and adviser to the city council",
            "lend the house",
        ),
    ] {
        let found = findings.attributions.iter().any(|a| {
            a.source.as_ref().is_some_and(|s| words(s) == source)
                && words(&a.content).contains(content)
        });
        assert!(
            found,
            "{source:?} missing among {:?}",
            findings.attributions
        );
    }

    let credit = findings
        .sources
        .iter()
        .find(|s| s.source_type == SourceType::ImageCredit);
    assert_eq!(
        credit.map(|c| c.name.as_str()),
        Some("Cy Moss/Agency Images")
    );
    let start = ARTICLE.find("Featured").unwrap_or(0);
    assert!(findings.claims.iter().all(|c| c.mark.end() <= start));
}

const OWN_VOICE: &str = "town hall loses its keys again\nMost towns keep their keys in a safe, and ours \
isn t one of them.The city paid 40,000 euros for new locks in 2015.That was the third set in ten \
years.According to building safety experts, lending keys puts the archive at a high risk of \
theft.The mayor s office didn t answer our questions, and the guards weren t asked.Image via Cy \
Moss/Agency Images";

#[test]
fn an_amount_in_the_articles_own_voice_is_a_claim() {
    let findings = detect(OWN_VOICE);
    let own = findings.claims.iter().find(|claim| {
        let words = claim.mark.words(OWN_VOICE, " … ");
        words.trim_end_matches('.') == "The city paid 40,000 euros for new locks in 2015"
    });
    let own = own.expect("a claim glued between others is still found, and alone");
    assert_eq!((own.voice, own.attribution), (Voice::Own, None));
    assert!(own.kinds.contains(&Kind::Quantity), "{:?}", own.kinds);
    // Those around it are told apart by their voice.
    let expert = findings.claims.iter().find(|claim| {
        let words = claim.mark.words(OWN_VOICE, " … ");
        words.contains("high risk of theft")
    });
    let expert = expert.and_then(|claim| claim.attribution);
    assert!(expert.is_some(), "{:?}", findings.claims);
}

#[test]
fn a_misspelt_word_is_no_comparison() {
    let text =
        "The ministers obviouslyly knew of the 300 lost keys in 2014, Ann Orr said on Monday.";
    let findings = detect(text);
    assert!(!findings.claims.is_empty());
    let kinds = findings.claims.iter().flat_map(|claim| &claim.kinds);
    assert!(
        kinds.clone().all(|kind| *kind != Kind::Comparison),
        "{:?}",
        findings.claims
    );
}
