//! Claims: what a text claims, in whose voice and of what kind, and what is no claim at all.

use proofmark::detect::Kind::{
    Causation, Comparison, Event, Law, Opinion, Position, Prediction, Quantity, Quotation,
};
use proofmark::detect::Voice::{Direct, Indirect, Own};

use super::{Claimed, Wanted};

const fn case(
    construction: &'static str,
    name: &'static str,
    text: &'static str,
    claims: &'static [Wanted],
) -> Claimed {
    Claimed {
        construction,
        name,
        text,
        claims,
    }
}

/// (words that stand in the claim, voice, one of its kinds)
pub(super) const CASES: &[Claimed] = &[
    case(
        "several claims: sentences",
        "dam",
        "“The dam leaks on both sides. Forty metres of wall must go. It will cost 3 million euros,” said engineer Ida Varn.",
        &[
            ("dam leaks", Direct, Quotation),
            ("Forty metres", Direct, Quantity),
            ("3 million euros", Direct, Prediction),
        ],
    ),
    case(
        "several claims: clauses",
        "driver",
        "Police said that the driver had fled on foot and that two passengers were badly hurt.",
        &[
            ("the driver had fled on foot", Indirect, Event),
            ("two passengers were badly hurt", Indirect, Quantity),
        ],
    ),
    case(
        "own voice, figure",
        "locks",
        "The city paid 40,000 euros for new locks in 2015.",
        &[("The city paid 40,000 euros", Own, Quantity)],
    ),
    case(
        "own voice, figure",
        "unemployment",
        "Unemployment in the region fell to 4.1 percent last year.",
        &[("fell to 4.1 percent", Own, Quantity)],
    ),
    case(
        "own voice, damaged text",
        "locks",
        "The building has three gates and one cellar.The city paid 40,000 euros for new locks in 2015.Photo by Lena Moss/Northern Pictures",
        &[
            ("three gates", Own, Quantity),
            ("The city paid 40,000 euros", Own, Quantity),
        ],
    ),
    case(
        "own voice, damaged text",
        "behind a quotation",
        "If you lend a key, then you lend the house, said Bo Lind, a former police chief and adviser to the city council.The city paid 40,000 euros for new locks in 2015.",
        &[
            ("you lend the house", Direct, Quotation),
            ("The city paid 40,000 euros", Own, Quantity),
        ],
    ),
    case(
        "comparison",
        "exports",
        "The ministry said that exports grew faster than imports last year.",
        &[("exports grew faster than imports", Indirect, Comparison)],
    ),
    case(
        "prediction",
        "prices",
        "The bank said that food prices would rise again next year.",
        &[("food prices would rise again", Indirect, Prediction)],
    ),
    case(
        "causation",
        "heater",
        "The inquiry found that the fire was caused by a faulty heater.",
        &[("caused by a faulty heater", Indirect, Causation)],
    ),
    case(
        "law",
        "ban",
        "The judge ruled that the ban on street music was unconstitutional.",
        &[(
            "the ban on street music was unconstitutional",
            Indirect,
            Law,
        )],
    ),
    case(
        "position",
        "airport",
        "The party said that it opposed the new airport.",
        &[("it opposed the new airport", Indirect, Position)],
    ),
    case(
        "event",
        "pier",
        "Witnesses said that the ship struck the pier shortly before noon.",
        &[("the ship struck the pier", Indirect, Event)],
    ),
    case(
        "opinion",
        "shameful",
        "“The treatment of these sailors is shameful,” the union’s leader said.",
        &[("is shameful", Direct, Opinion)],
    ),
    case(
        "no claim: question",
        "bridge",
        "Who will pay for the new bridge?",
        &[],
    ),
    case(
        "no claim: question",
        "last year",
        "How many of the 900 workers were told about the sale last year?",
        &[],
    ),
    case(
        "no claim: question",
        "asked by somebody",
        "“Who paid for the new pumps?” the mayor asked.",
        &[],
    ),
    case(
        "transcript",
        "two candidates",
        "ORR: The harbour lost 300 jobs in 2014.\n\nTATE: Who told you that?\n\nORR: The council did.",
        &[
            ("The harbour lost 300 jobs in 2014", Direct, Quantity),
            ("The council did", Direct, Quotation),
        ],
    ),
    case(
        "no claim: question",
        "swim",
        "Is it safe to swim in the harbour again?",
        &[],
    ),
    case(
        "no claim: question",
        "why now",
        "So why sell the ferries now?",
        &[],
    ),
    case(
        "no claim: heading",
        "harbour",
        "Council to vote on harbour plan",
        &[],
    ),
    case(
        "no claim: heading",
        "fares",
        "Ferry fares rise by 9 percent",
        &[],
    ),
    case(
        "no claim: credit",
        "photo",
        "Photo by Lena Moss/Northern Pictures",
        &[],
    ),
    case(
        "no claim: credit",
        "featured",
        "Featured image via Ole Brandt/Dock Archive",
        &[],
    ),
    case(
        "no claim: byline",
        "two reporters",
        "By Ida Varn and Ole Brandt",
        &[],
    ),
    case(
        "no claim: read more",
        "sold",
        "Read more: How the harbour was sold for one euro in 1998",
        &[],
    ),
    case(
        "no claim: read more",
        "newsletter",
        "Sign up for our newsletter and get the news every morning.",
        &[],
    ),
];
