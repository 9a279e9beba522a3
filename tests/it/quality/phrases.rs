//! Source phrases of every type: all their words must be found, and no others.

use super::Marked;
use super::attributions::case;

pub(super) const CASES: &[Marked] = &[
    source(
        "source with apposition",
        "pilot",
        "[C “Every lock on this canal leaks,”] [Q said] [S Derya Aksoy, a former harbour pilot and adviser to the transport ministry].",
    ),
    source(
        "source with apposition",
        "economist",
        "[S Henrik Dahl, the institute’s chief economist,] [Q said] [C the forecast would be cut again].",
    ),
    source(
        "source with apposition",
        "law professor",
        "[C The ban would not survive in court], [Q said] [S Ruth Olawale, a law professor at the University of Leeds].",
    ),
    source(
        "unnamed source",
        "matter",
        "[C The board will be replaced in spring], [Q according to] [S people familiar with the matter].",
    ),
    source(
        "unnamed source",
        "defence",
        "[S A senior official at the defence ministry] [Q said] [C the contract had been signed in secret].",
    ),
    source(
        "unnamed source",
        "talks nearly done",
        "[S Two people with knowledge of the talks] [Q said] [C a deal was days away].",
    ),
    source(
        "organisation as source",
        "weather service",
        "[S The World Meteorological Service] [Q said] [C last month was the warmest June on its books].",
    ),
    source(
        "document as source",
        "memo",
        "[S A leaked memo] [Q shows] [C that the firm knew of the fault in 2011].",
    ),
    source(
        "document as source",
        "court documents",
        "[Q According to] [S court documents filed on Wednesday], [C the two men met four times].",
    ),
    source(
        "media as source",
        "harbour times",
        "[S The Harbour Times] [Q reported] [C that the minister had resigned].",
    ),
    source(
        "group as source",
        "shopkeepers",
        "[S Shopkeepers along the quay] [Q say] [C the new trams have halved their trade].",
    ),
];

const fn source(construction: &'static str, name: &'static str, marked: &'static str) -> Marked {
    Marked {
        exact_source: true,
        ..case(construction, name, marked)
    }
}
