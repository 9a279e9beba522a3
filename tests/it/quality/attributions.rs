//! Attributions as an annotator would mark them: one kind of speech after another.
//!
//! All sentences are invented. A content takes in its quotation marks and its "that", a
//! source its whole phrase with the apposition, and no attribution stands unmarked.

use super::Marked;

pub(super) const fn case(
    construction: &'static str,
    name: &'static str,
    marked: &'static str,
) -> Marked {
    Marked {
        construction,
        name,
        marked,
        alone: false,
        exact_source: false,
    }
}

pub(super) const CASES: &[Marked] = &[
    // Quotation first.
    case(
        "direct, speaker behind",
        "waterworks",
        "[C “The reservoir has four weeks of water left,”] [Q said] [S Imke Brandsma, who runs the waterworks].",
    ),
    case(
        "direct, speaker behind",
        "fire chief",
        "[C “Nobody was in the building when the roof came down,”] [S the fire chief] [Q told] local radio.",
    ),
    case(
        "direct, speaker behind",
        "witness",
        "[C “She told me ‘get out’ and I got out,”] [S the witness] [Q said].",
    ),
    // Speaker first.
    case(
        "direct, speaker in front",
        "orchestra",
        "[S Tomasz Wilk] [Q said]: [C “The orchestra will play on, with or without the subsidy.”]",
    ),
    case(
        "direct, speaker in front",
        "coach",
        "[S Coach Adaeze Nwosu] [Q said], [C “We gave the goal away and we paid for it.”]",
    ),
    case(
        "direct, speaker in front",
        "actor",
        "[S The actor] [Q tweeted]: [C “Not my words, not my account.”]",
    ),
    case(
        "according to",
        "an act of speech reported",
        "[Q According to] [S both former and current harbour officials], [C the minister has urged the unions of both ports to stay at the table until Friday].",
    ),
    // Turns of a transcript.
    case(
        "transcript",
        "debate",
        "[S ORR][Q :] [C The wells ran dry in March. Nobody came to look.]\n\n[S2 DR. TATE][Q2 :] [C2 That is not so, and the council said so twice.]\n\n(APPLAUSE.)\n\n[S3 ORR][Q3 :] [C3 It is in the minutes.]",
    ),
    // Marks set the wrong way round.
    case(
        "direct, speaker in front",
        "closing mark first",
        "[S The harbour pilot] [Q said]: [C ”The current is stronger than the charts say. We tell every captain.”]",
    ),
    // Around the cue.
    case(
        "direct, split",
        "vaccine",
        "[C “The vaccine is safe,”] [S Dr. Hana Kubo] [Q said], [C “and we have the data to show it.”]",
    ),
    case(
        "direct, split",
        "appeal",
        "[C “We will appeal,”] [Q said] [S the firm’s lawyer, Piet Maas]. [C “The ruling leaves us no choice.”]",
    ),
    case(
        "direct, split",
        "bees",
        "[C “If the bees go,”] [S Ferrante] [Q said], [C “the orchards go with them.”]",
    ),
    // Over several sentences.
    case(
        "direct, several sentences",
        "bridge",
        "[C “The bridge moved. You could feel it in your feet. I have crossed it for thirty years and it never did that before,”] [S lorry driver Owen Pritchard] [Q said].",
    ),
    case(
        "direct, several sentences",
        "till",
        "[S The minister, Carla Dantas,] [Q said]: [C “We inherited an empty till. We will not pretend otherwise. The first cuts come in June.”]",
    ),
    // Over paragraphs: a mark opens each, only the last closes.
    case(
        "direct, several paragraphs",
        "pensions",
        "[S Rosa Lindqvist, the union’s president,] [Q told] the crowd: [C “They promised us pensions. They promised us safety.]\n\n[C “They have kept neither promise, and we will strike until they do.”]",
    ),
    case(
        "direct, several paragraphs",
        "flour",
        "[C “The river came up in the night,”] [S Baptiste Roux, a baker in the old town,] [Q said]. [C “We carried the flour upstairs.]\n\n[C “By morning the oven was under water.”]",
    ),
    // The same speaker goes on.
    case(
        "direct, going on",
        "lease",
        "[C “The lease was signed in 2009,”] [Q said] [S Nadia Petrov, the museum’s director]. [C “It cannot be broken. It runs until the end of the century.”]",
    ),
    case(
        "direct, going on",
        "contract",
        "Gil Moreno took over the airline in April. [C “I never saw the contract,”] [S he] [Q said]. [C “Ask the lawyers.”]",
    ),
    // A mark that is never closed.
    case(
        "unclosed mark",
        "sailed",
        "[S Yusuf Demir] [Q said]: [C “The ferry should never have sailed.]\n\nThe inquiry opens on Tuesday. It will hear forty witnesses over three weeks.",
    ),
    case(
        "unclosed mark",
        "pumps",
        "[S1 Varga] [Q1 said] [C1 “the pumps failed one after another].\n\n[S2 The water board] [Q2 said] [C2 that repairs would take until autumn].",
    ),
    case(
        "unclosed mark",
        "two quotations",
        "[S1 The captain] [Q1 said]: [C1 “I gave no such order.]\n\n[C2 “The ship was unfit for the sea,”] [S2 the inspector] [Q2 said].",
    ),
    // Marks of every kind.
    case(
        "marks: straight",
        "tests",
        "[C \"The tests were rushed,\"] [S the professor] [Q said].",
    ),
    case(
        "marks: single",
        "fairy tale",
        "[C ‘The budget is a fairy tale,’] [Q said] [S Moira Kerr, the opposition’s finance spokeswoman].",
    ),
    case(
        "marks: typewriter",
        "mine",
        "[C ``The mine will not reopen,''] [S Governor Lorna Tate] [Q said].",
    ),
    case(
        "marks: angle",
        "strike",
        "[C «The strike goes on until Friday,»] [Q said] [S union leader Agnès Morel].",
    ),
    case(
        "marks: low",
        "archive",
        "[C „The archive is lost,“] [S curator Jonas Veit] [Q said].",
    ),
    // One source, several contents.
    case(
        "several contents",
        "fines",
        "[S1&2 The regulator] [Q1 said] [C1 the bank had misled its customers] and [Q2 added] [C2 that fines would follow].",
    ),
    case(
        "several contents",
        "divers",
        "[S1&2 Okafor] [Q1 said] [C1 the dam was safe], [Q2 adding] [C2 that divers had checked it twice].",
    ),
    case(
        "several contents",
        "patience",
        "[S The union] [Q said] [C that wages had fallen for a decade and that its patience was at an end].",
    ),
    // Reported speech.
    case(
        "indirect with that",
        "retirement",
        "[S The prime minister] [Q said] [C that his government would not raise the retirement age].",
    ),
    case(
        "indirect with that",
        "ice",
        "[S Scientists at the polar institute] [Q warned] [C that the ice shelf could break away within five years].",
    ),
    case(
        "indirect with that",
        "bills",
        "[S Ms. Abara] [Q insisted] on Thursday [C that she had paid every bill herself].",
    ),
    case(
        "indirect without that",
        "fog",
        "[S The airline] [Q said] [C it had cancelled sixty flights because of the fog].",
    ),
    case(
        "indirect without that",
        "shell companies",
        "[S Prosecutors] [Q believe] [C the money was moved through three shell companies in Cyprus].",
    ),
    case(
        "according to",
        "trawler",
        "[Q According to] [S the coast guard], [C eleven people were rescued from the trawler].",
    ),
    case(
        "according to",
        "land registry",
        "[C House prices in the capital rose faster than wages for the ninth year in a row], [Q according to] [S figures published by the land registry].",
    ),
    case(
        "passive",
        "general",
        "[C The general] [Q is said] [C to have left the country before dawn].",
    ),
    case(
        "passive",
        "hostages",
        "[C Two of the hostages] [Q are believed] [C to be alive and held in the north].",
    ),
    case(
        "passive",
        "striker",
        "[C The striker] [Q was reported] [C to be close to a move abroad].",
    ),
    case(
        "cue in the middle",
        "tunnel",
        "[C The tunnel], [S the engineers] [Q said], [C would be finished two years late].",
    ),
    case(
        "cue in the middle",
        "drought",
        "[C Farmers], [S the report] [Q argued], [C had been left to face the drought alone].",
    ),
    case(
        "cue at the end",
        "quota",
        "[C Talks on the fishing quota will resume in Tallinn next month], [S two diplomats] [Q said].",
    ),
    case(
        "cue at the end",
        "passport",
        "[C The suspect was arrested at the border with a forged passport], [S police] [Q said] on Sunday.",
    ),
    case(
        "noun cue",
        "signature",
        "[S His] [Q claim] [C that the signature had been forged] came two years too late.",
    ),
    case(
        "noun cue",
        "design",
        "[S The company’s] [Q allegation] [C that its rival stole the design] was thrown out on Monday.",
    ),
    case(
        "question words",
        "leak",
        "[S A reporter] [Q asked] [C whether the mayor had known about the leak].",
    ),
    case(
        "question words",
        "ships",
        "[S The senator] [Q wondered] [C why the ships had been sold so cheaply].",
    ),
    case(
        "question words",
        "valve",
        "[S Investigators] [Q want to know] [C who opened the valve].",
    ),
    case(
        "no source",
        "talks",
        "[Q It was reported] [C that the talks had collapsed over fishing rights].",
    ),
    case(
        "no source",
        "painting",
        "[Q It is thought] [C that the painting left the country in the 1970s].",
    ),
    case(
        "nested",
        "asleep",
        "[S Police] [Q said] [C the driver told them he had fallen asleep at the wheel].",
    ),
    case(
        "nested",
        "treaty",
        "[S The spokeswoman] [Q said] [C the minister believed that the treaty would hold].",
    ),
    case(
        "intention",
        "ferries",
        "[S The cabinet] [Q plans] [C to sell the two oldest ferries].",
    ),
    case(
        "intention",
        "reform",
        "[S Senator Ekholm] [Q wants] [C to tax cargo ships by the tonne].",
    ),
    // Longer ones, and what only looks like one.
    case(
        "indirect with that",
        "baltic",
        "In a letter to shareholders, [S chief executive Marta Solberg] [Q wrote] [C that the group’s Baltic business, which lost 70 million kroner last year, would be sold or closed before the end of the decade].",
    ),
    case(
        "indirect with that",
        "accounts",
        "[S The bank] [Q denied] [C that it had moved the accounts abroad].",
    ),
    case(
        "direct, speaker in front",
        "crane",
        "[S Kwame Asante, 54, a crane operator who has worked on the docks since he left school,] [Q said]: [C “The machines do not get tired. We do.”]",
    ),
    case(
        "direct, split",
        "judge",
        "[C “What we saw,”] [S Judge Elena Rossi] [Q told] the jury, [C “was not an accident but a decision.”]",
    ),
    case(
        "according to",
        "clinic",
        "[C The clinic], [Q according to] [S a nurse who worked there for six years], [C kept no record of the transfusions].",
    ),
    case(
        "direct, going on",
        "captain",
        "Captain Ulla Berg has sailed the route for two decades. [C “One minute we were drinking coffee,”] [S she] [Q said]. [C “The next we were on our knees. I have never prayed so hard.”]",
    ),
    case(
        "words quoted in a report",
        "offer",
        "[S Novak] [Q described] [C the offer as “a slap in the face”].",
    ),
    case(
        "words quoted in a report",
        "small",
        "[S The agency] [Q said] [C the leak was “small and contained” and posed no danger to swimmers].",
    ),
    case(
        "opinion",
        "wells",
        "[S Many villagers] [Q fear] [C the quarry will dry up their wells].",
    ),
    case(
        "opinion",
        "arms",
        "[S The bishop] [Q urged] [C both sides to put down their arms].",
    ),
    case(
        "no attribution",
        "river",
        "The river rises in the hills and reaches the sea after forty kilometres. The valley was settled in the ninth century.",
    ),
    case(
        "no attribution",
        "film",
        "The film “The Long Quay” opens on Friday in forty cinemas.",
    ),
    case(
        "no attribution",
        "iron ring",
        "The so-called “iron ring” around the port was torn down in 1962.",
    ),
];
