//! Attributions in texts as they reach a desk: quotation marks and apostrophes gone, sentences
//! and credits glued together, headlines in lower case, lines broken inside a sentence.

use super::Marked;
use super::attributions::case;

pub(super) const CASES: &[Marked] = &[
    case(
        "damage: no quotation marks",
        "roof",
        "[C We waited six hours on the roof and nobody came], [S Anneke Vos] [Q said].",
    ),
    case(
        "damage: no quotation marks",
        "going on",
        "[C I signed nothing], [S Ortega] [Q said]. [C They forged my name and took my house.]",
    ),
    case(
        "damage: no quotation marks",
        "question",
        "[C Where did the money go?] [S the auditor] [Q asked].",
    ),
    case(
        "damage: no apostrophes",
        "isn t",
        "[C The water isn t safe and the council doesn t want to hear it], [Q said] [S Lucas Ferreira, a chemist at the university].",
    ),
    case(
        "damage: no apostrophes",
        "chancellor s",
        "[S The chancellor s office] [Q said] [C that Austria s budget wouldn t be touched].",
    ),
    case(
        "damage: glued sentences",
        "signals",
        "Two trains were cancelled.[S The operator] [Q said] [C that signals had failed].Services resume on Monday.",
    ),
    case(
        "damage: glued sentences",
        "fair",
        "The fair drew record crowds.[Q According to] [S the organisers], [C ninety thousand people came through the gates].The next one is in May.",
    ),
    case(
        "damage: glued credit",
        "theatre",
        "[S The mayor] [Q said] [C the theatre would reopen in spring].Photo by Lena Moss/Northern Pictures",
    ),
    alone(
        "damage: headline in lower case",
        "rail strike",
        "[S minister] [Q says] [C rail strike will end by friday]\n\nThe line along the coast has been closed since Monday. Buses run twice a day.",
    ),
    alone(
        "damage: headline in lower case",
        "dock",
        "council votes to drain the old dock\n\n[S The harbour master] [Q said] [C that nobody had been down there since the war].",
    ),
    case(
        "damage: broken line",
        "border",
        "[S The ministry] [Q said] [C that the border would stay\nclosed until the end of March].",
    ),
    alone(
        "damage: all at once",
        "divers",
        "divers find three cars in the old dock\nNobody knows how they got there.[Q1 According to] [S1 the harbour master, Ole Brandt], [C1 the dock hasn t been drained since the war].[C2 It isn t clean work and we re not paid for it], [S2 he] [Q2 said].Image via Ole Brandt/Dock Archive",
    ),
    alone(
        "damage: all at once",
        "grain",
        "grain deal is close, diplomats say\nThe talks ran all night.[C1 We aren t there yet but I m hopeful], [Q1 said] [S1 Mirela Kovac, the chief negotiator for the port].[S2 Two diplomats] [Q2 said] [C2 that Turkey s offer was still on the table].",
    ),
];

/// Without the usual first paragraph: the case has a headline of its own.
const fn alone(construction: &'static str, name: &'static str, marked: &'static str) -> Marked {
    Marked {
        alone: true,
        ..case(construction, name, marked)
    }
}
