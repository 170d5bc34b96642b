//! The statements of an `.ann` file, one on a line: `id TAB data TAB rest`.
//!
//! Nothing here knows what they mean or whether their ids exist.

/// A pair of offsets; the second is exclusive.
type Pair = (u32, u32);

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its id, such as `T1`; `*` where it has none.
    pub(super) id: &'t str,
    /// What it says.
    pub(super) said: Said<'t>,
}

/// What a line says. Names are as they are written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'t> {
    /// `T1 TAB Quote 9 13;15 20 TAB words`
    Mark { label: &'t str, pieces: Vec<Pair>, words: &'t str },
    /// `R1 TAB Speaker Arg1:T1 Arg2:T3`
    Relation { kind: &'t str, from: Argument<'t>, to: Argument<'t> },
    /// `E1 TAB Attribution:T4 Source:T5 Cue:T6`
    Event { kind: &'t str, trigger: &'t str, arguments: Vec<Argument<'t>> },
    /// `A1 TAB Stance T2 against`, or without a value
    Attribute { name: &'t str, of: &'t str, value: Option<&'t str> },
    /// `N1 TAB Reference T3 Wikidata:Q42 TAB Ann`
    Reference { kind: &'t str, of: &'t str, entry: &'t str, words: &'t str },
    /// `#1 TAB AnnotatorNotes T2 TAB words`
    Note { kind: &'t str, of: &'t str, words: &'t str },
    /// `* TAB Equiv T1 T2`
    Equivalence { kind: &'t str, members: Vec<&'t str> },
}

/// A role and the id of what has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Argument<'t> {
    pub(super) role: &'t str,
    pub(super) id: &'t str,
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where, in bytes from its start.
    pub(super) at: usize,
    /// What was expected there.
    pub(super) expected: &'static str,
}

/// Takes a line apart, without its end.
pub(super) fn parse(line: &str) -> Result<Line<'_>, Wrong> {
    let Some((id, after)) = line.split_once('\t') else {
        return Err(Wrong { at: 0, expected: "an id and a tab" });
    };
    let (data, rest) = after.split_once('\t').unwrap_or((after, ""));
    let kind = id.chars().next().unwrap_or(' ');
    let number = id.get(kind.len_utf8()..).unwrap_or_default();
    let is_id = if kind == '*' { number.is_empty() } else { !number.is_empty() && !number.contains(' ') };
    if !is_id || !"TREAMN#*".contains(kind) {
        return Err(Wrong { at: 0, expected: "an id such as T1, R1, E1, A1, N1, #1 or *" });
    }
    match said(kind, data, rest) {
        Ok(said) => Ok(Line { id, said }),
        Err(Wrong { at, expected }) => Err(Wrong { at: id.len() + 1 + at, expected }),
    }
}

/// What a line says, by the kind of its id.
fn said<'t>(kind: char, data: &'t str, rest: &'t str) -> Result<Said<'t>, Wrong> {
    let words: Vec<&str> = data.split(' ').filter(|word| !word.is_empty()).collect();
    let expected = match (kind, words.as_slice()) {
        ('T', [label, ..]) => {
            let offsets = data.trim_start().strip_prefix(label).and_then(pieces);
            let said = offsets.map(|pieces| Said::Mark { label, pieces, words: rest });
            return said.ok_or(Wrong { at: label.len(), expected: "offsets such as 9 13 or 9 13;15 20" });
        }
        ('R', [kind, from, to]) => match (argument(from), argument(to)) {
            (Some(from), Some(to)) => return Ok(Said::Relation { kind, from, to }),
            _ => "two arguments such as Arg1:T1 Arg2:T2",
        },
        ('E', [event, arguments @ ..]) => {
            let arguments: Option<Vec<_>> = arguments.iter().map(|word| argument(word)).collect();
            match (argument(event), arguments) {
                (Some(Argument { role, id }), Some(arguments)) => {
                    return Ok(Said::Event { kind: role, trigger: id, arguments });
                }
                _ => "a type with its trigger and arguments, such as Type:T1 Role:T2",
            }
        }
        ('A' | 'M', [name, of]) => return Ok(Said::Attribute { name, of, value: None }),
        ('A' | 'M', [name, of, value]) => return Ok(Said::Attribute { name, of, value: Some(value) }),
        ('N', [kind, of, entry]) if entry.contains(':') => {
            return Ok(Said::Reference { kind, of, entry, words: rest });
        }
        ('#', [kind, of]) => return Ok(Said::Note { kind, of, words: rest }),
        ('*', [kind, members @ ..]) if members.len() > 1 => {
            return Ok(Said::Equivalence { kind, members: members.to_vec() });
        }
        ('R', _) => "a type and two arguments such as Arg1:T1 Arg2:T2",
        ('A' | 'M', _) => "a name, an id and no more than one value",
        ('N', _) => "a type, an id and an entry such as Wikidata:Q42",
        ('#', _) => "a type and an id",
        ('*', _) => "a type and two ids or more",
        _ => "a type",
    };
    Err(Wrong { at: 0, expected })
}

/// ` 9 13;15 20` as pairs.
fn pieces(offsets: &str) -> Option<Vec<Pair>> {
    let pair = |piece: &str| {
        let (start, end) = piece.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim_start().parse().ok()?))
    };
    offsets.split(';').map(pair).collect()
}

fn argument(word: &str) -> Option<Argument<'_>> {
    let (role, id) = word.rsplit_once(':')?;
    (!role.is_empty() && !id.is_empty()).then_some(Argument { role, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_taken_apart() {
        let one = Argument { role: "Arg1", id: "T1" };
        let two = Argument { role: "Arg2", id: "T2" };
        for (line, said) in [
            ("T1\tQuote 9 13\t“no”", Said::Mark { label: "Quote", pieces: vec![(9, 13)], words: "“no”" }),
            (
                "T2\tQuote 9 13;15 16 \ta\tb",
                Said::Mark { label: "Quote", pieces: vec![(9, 13), (15, 16)], words: "a\tb" },
            ),
            ("T3\tQuote 9 13", Said::Mark { label: "Quote", pieces: vec![(9, 13)], words: "" }),
            ("R1\tSpeaker Arg1:T1 Arg2:T2\t", Said::Relation { kind: "Speaker", from: one, to: two }),
            ("E1\tSay:T1", Said::Event { kind: "Say", trigger: "T1", arguments: vec![] }),
            ("E1\tSay:T1 Arg2:T2 ", Said::Event { kind: "Say", trigger: "T1", arguments: vec![two] }),
            ("A1\tStance T2 against", Said::Attribute { name: "Stance", of: "T2", value: Some("against") }),
            ("M1\tNegation E2", Said::Attribute { name: "Negation", of: "E2", value: None }),
            ("N1\tRef T3 W:Q4\tAnn", Said::Reference { kind: "Ref", of: "T3", entry: "W:Q4", words: "Ann" }),
            ("#1\tAnnotatorNotes T2\tso it is", Said::Note { kind: "AnnotatorNotes", of: "T2", words: "so it is" }),
            ("*\tEquiv T1 T2 T3", Said::Equivalence { kind: "Equiv", members: vec!["T1", "T2", "T3"] }),
        ] {
            assert_eq!(parse(line).map(|line| line.said), Ok(said), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        for (line, at, expected) in [
            ("T1 Quote 9 13", 0, "an id and a tab"),
            ("X1\tQuote 9 13\t", 0, "an id such as T1, R1, E1, A1, N1, #1 or *"),
            ("T\tQuote 9 13\t", 0, "an id such as T1, R1, E1, A1, N1, #1 or *"),
            ("T1\tQuote -9 13\t", 8, "offsets such as 9 13 or 9 13;15 20"),
            ("T1\tQuote 9 13;\t", 8, "offsets such as 9 13 or 9 13;15 20"),
            ("T1\t\tno", 3, "a type"),
            ("R1\tSpeaker T1 T2", 3, "two arguments such as Arg1:T1 Arg2:T2"),
            ("R1\tSpeaker Arg1:T1", 3, "a type and two arguments such as Arg1:T1 Arg2:T2"),
            ("E1\tSay", 3, "a type with its trigger and arguments, such as Type:T1 Role:T2"),
            ("A1\tStance T2 so so", 3, "a name, an id and no more than one value"),
            ("N1\tRef T3 Q4", 3, "a type, an id and an entry such as Wikidata:Q42"),
            ("#1\tNote", 3, "a type and an id"),
            ("*\tEquiv T1", 2, "a type and two ids or more"),
            ("\t", 0, "an id such as T1, R1, E1, A1, N1, #1 or *"),
        ] {
            assert_eq!(parse(line), Err(Wrong { at, expected }), "{line}");
        }
    }
}
