//! One case for each construction and each kind of damage.

use super::{check, check_none};

#[test]
fn direct_with_the_speaker_behind() {
    check(
        "[C “The harbour will close in May,”] [Q said] [S Ann Field, a spokeswoman for the port].",
    );
    check("[C \"We lost two boats and a crane in the storm,\"] [S the mayor] [Q told] reporters.");
}

#[test]
fn direct_with_the_speaker_in_front() {
    check("[S Mr. Lind] [Q said]: [C “Nobody asked us about the price of the bridge.”]");
}

#[test]
fn a_split_quotation_is_one() {
    check("[C “The bridge was never safe,”] [S she] [Q said]. [C “We told them so in March.”]");
}

#[test]
fn indirect_with_that() {
    check("[S The ministry] [Q said] on Monday [C that the ferry would sail again in June].");
    check("[S Senator Field] [Q argued] [C that the new tax hurts small farms].");
}

#[test]
fn indirect_without_that() {
    check("[S Police] [Q said] [C the driver had left the scene before they arrived].");
}

#[test]
fn according_to() {
    check(
        "[Q According to] [S a report by the audit office], [C the bridge cost 40 million euros more than planned].",
    );
    check("[C The number of visitors fell by a third last year], [Q according to] [S the museum].");
}

#[test]
fn a_cue_at_the_end() {
    check("[C The talks will begin in Oslo next week], [S two officials] [Q said].");
}

#[test]
fn unnamed_sources() {
    check(
        "[Q According to] [S people familiar with the matter], [C the company plans to sell its harbour business].",
    );
    check(
        "[S A senior official, who asked not to be named,] [Q said] [C that the minister had known of the letter].",
    );
}

#[test]
fn pronouns_and_surnames() {
    check(
        "Ann Field has led the port since May. [C “We will hire forty people,”] [S she] [Q said].",
    );
    check(
        "Bo Lind, a former judge, opposed the law. [S Lind] [Q said] [C the law would not survive in court].",
    );
}

#[test]
fn without_quotation_marks() {
    check(
        "[C We told them in March that the bridge was not safe], [Q said] [S Ann Field, a former engineer at the port].",
    );
}

#[test]
fn without_apostrophes() {
    check("[S The minister] [Q said] [C that the city isn t ready and doesn t have the money].");
}

#[test]
fn glued_sentence_ends() {
    check(
        "The vote was close.[Q According to] [S election officials], [C fewer than a hundred ballots decided it].The count goes on.",
    );
}

#[test]
fn a_quotation_over_several_paragraphs() {
    check(
        "[S Ann Field], the mayor, [Q told] the council: [C “We have waited ten years for this \
         bridge and we will not wait longer.]\n\nBo Lind left early.",
    );
    check(
        "[C “We will hire forty people this year,”] [S Field] [Q said]. [C “And forty more in May.”]",
    );
}

#[test]
fn a_document_as_the_source() {
    check("[S A study published on Friday] [Q found] [C that four in ten bridges need repair].");
    check("[S The report] [Q says] [C the dam was built without a permit].");
}

#[test]
fn a_relative_clause_with_its_own_speaker() {
    check(
        "Ann Field, [S2 who] [Q2 said] [C2 that she was never paid], left the firm in May. \
         [C1 “They owe me a fortune,”] [S1 she] [Q1 told] reporters.",
    );
}

#[test]
fn a_credit_glued_to_the_end() {
    check(
        "[S The mayor] [Q said] [C that the bridge would open in June].Featured image via Ann Field/Agency Images",
    );
}

#[test]
fn text_without_attribution() {
    check_none("The river is forty kilometres long. It flows from the hills to the sea.");
    check_none("Featured image via Ann Field/Agency Images");
    check_none("");
}
