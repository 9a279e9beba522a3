//! Sources: every mention with its type, the name of whom it stands for, and the role.

use proofmark::detect::SourceType::{
    Document, Group, ImageCredit, Media, NamedPerson, Organisation, UnnamedPerson,
};

use super::{Mention, Sourced};

const fn case(
    construction: &'static str,
    name: &'static str,
    text: &'static str,
    mentions: &'static [Mention],
) -> Sourced {
    Sourced {
        construction,
        name,
        text,
        mentions,
    }
}

/// (words of the mention, type, name of whom it stands for, role)
pub(super) const CASES: &[Sourced] = &[
    case(
        "name and role",
        "behind the name",
        "“Every lock on this canal leaks,” said Derya Aksoy, a former harbour pilot.",
        &[(
            "Derya Aksoy, a former harbour pilot",
            NamedPerson,
            "Derya Aksoy",
            Some("a former harbour pilot"),
        )],
    ),
    case(
        "name and role",
        "before the name",
        "“The mine will not reopen,” Governor Lorna Tate said.",
        &[(
            "Governor Lorna Tate",
            NamedPerson,
            "Lorna Tate",
            Some("Governor"),
        )],
    ),
    case(
        "name and role",
        "noun before the name",
        "“The bridge moved,” lorry driver Owen Pritchard said.",
        &[(
            "lorry driver Owen Pritchard",
            NamedPerson,
            "Owen Pritchard",
            Some("lorry driver"),
        )],
    ),
    case(
        "speaker of a turn",
        "debate",
        "ORR: The wells ran dry.\n\nDR. TATE: They did not.\n\nORR: They did.\n\nQUESTION: Which wells?",
        &[
            ("ORR", NamedPerson, "ORR", None),
            ("DR. TATE", NamedPerson, "TATE", Some("DR")),
            ("ORR", NamedPerson, "ORR", None),
            ("QUESTION", UnnamedPerson, "QUESTION", None),
        ],
    ),
    case(
        "surname joined",
        "Aksoy",
        "“Every lock on this canal leaks,” said Derya Aksoy, a former harbour pilot.\n\nAksoy said the ministry had known for years.",
        &[
            (
                "Derya Aksoy, a former harbour pilot",
                NamedPerson,
                "Derya Aksoy",
                Some("a former harbour pilot"),
            ),
            ("Aksoy", NamedPerson, "Derya Aksoy", None),
        ],
    ),
    case(
        "surname joined",
        "Mr. Maas",
        "Piet Maas represents the owners of the mill. Mr. Maas said that they would appeal.",
        &[("Mr. Maas", NamedPerson, "Piet Maas", None)],
    ),
    case(
        "pronoun joined",
        "she",
        "“The lease was signed in 2009,” said Nadia Petrov, the museum’s director. She said it could not be broken.",
        &[
            (
                "Nadia Petrov, the museum’s director",
                NamedPerson,
                "Nadia Petrov",
                Some("the museum’s director"),
            ),
            ("She", NamedPerson, "Nadia Petrov", None),
        ],
    ),
    case(
        "pronoun joined",
        "he",
        "Henrik Dahl leads the central bank’s research. “Growth will stall by winter,” he said.",
        &[("he", NamedPerson, "Henrik Dahl", None)],
    ),
    case(
        "title joined",
        "governor",
        "Governor Lorna Tate said the mine would close.\n\nThe governor said that nobody would lose a pension.",
        &[
            (
                "Governor Lorna Tate",
                NamedPerson,
                "Lorna Tate",
                Some("Governor"),
            ),
            ("The governor", NamedPerson, "Lorna Tate", None),
        ],
    ),
    case(
        "title joined",
        "mayor",
        "“We have no money for keys,” said Ida Varn, the mayor. The mayor said that the guards would go first.",
        &[
            (
                "Ida Varn, the mayor",
                NamedPerson,
                "Ida Varn",
                Some("the mayor"),
            ),
            ("The mayor", NamedPerson, "Ida Varn", None),
        ],
    ),
    case(
        "unnamed person",
        "matter",
        "According to people familiar with the matter, the board will be replaced in spring.",
        &[(
            "people familiar with the matter",
            UnnamedPerson,
            "people familiar with the matter",
            None,
        )],
    ),
    case(
        "unnamed person",
        "official",
        "A senior official said the contract had been signed in secret.",
        &[("A senior official", UnnamedPerson, "senior official", None)],
    ),
    case(
        "organisation",
        "ministry",
        "The transport ministry said the line would reopen on Monday.",
        &[(
            "The transport ministry",
            Organisation,
            "transport ministry",
            None,
        )],
    ),
    case(
        "organisation",
        "police",
        "Police said the driver had left the scene.",
        &[("Police", Organisation, "Police", None)],
    ),
    case(
        "document",
        "report",
        "A report published on Friday found that four in ten bridges need repair.",
        &[(
            "A report published on Friday",
            Document,
            "report published on Friday",
            None,
        )],
    ),
    case(
        "media",
        "newspaper",
        "The newspaper reported that the minister had resigned.",
        &[("The newspaper", Media, "newspaper", None)],
    ),
    case(
        "group",
        "experts",
        "Shipping experts say the canal is too narrow for the new tankers.",
        &[("Shipping experts", Group, "Shipping experts", None)],
    ),
    case(
        "image credit",
        "glued",
        "The theatre will reopen in spring.Photo by Lena Moss/Northern Pictures",
        &[(
            "Lena Moss/Northern Pictures",
            ImageCredit,
            "Lena Moss/Northern Pictures",
            None,
        )],
    ),
    case(
        "image credit",
        "on its line",
        "The theatre will reopen in spring.\n\nFeatured image via Ole Brandt/Dock Archive",
        &[(
            "Ole Brandt/Dock Archive",
            ImageCredit,
            "Ole Brandt/Dock Archive",
            None,
        )],
    ),
];
