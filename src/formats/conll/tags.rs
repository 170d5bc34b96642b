//! Tags, and the runs of tokens that they say.
//!
//! Nothing here knows what a token is.

/// A tag other than `O`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) part: Part,
    /// The label as it is written.
    pub(super) label: &'t str,
}

/// Which part of a run a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// `B`
    Begin,
    /// `I` or `M`
    Inside,
    /// `L` or `E`
    Last,
    /// `U`, `S` or `W`
    Single,
}

impl<'t> Tag<'t> {
    /// Takes a tag such as `B-PER`; `None` of anything else.
    pub(super) fn parse(tag: &'t str) -> Option<Self> {
        let (part, label) = tag.split_once('-')?;
        let part = match part {
            "B" => Part::Begin,
            "I" | "M" => Part::Inside,
            "L" | "E" => Part::Last,
            "U" | "S" | "W" => Part::Single,
            _ => return None,
        };
        (!label.is_empty()).then_some(Self { part, label })
    }
}

/// Tokens in a row with one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run<'t> {
    /// The first token.
    pub(super) first: usize,
    /// The last token, which is part of it.
    pub(super) last: usize,
    pub(super) label: &'t str,
    /// Whether the tags are wrong by the rules that the rest of the file keeps.
    pub(super) fault: Option<Fault>,
}

/// What is wrong with the tags of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It begins with `I` or `L`, while others begin with `B`.
    NoBeginning,
    /// It does not end with `L`, while others do.
    NoEnd,
}

/// The runs of a document; `None` is `O`. A tag that continues nothing begins something.
pub(super) fn runs<'t>(tags: &[Option<Tag<'t>>]) -> Vec<Run<'t>> {
    let mut runs: Vec<Run<'t>> = Vec::new();
    // Whether the last run may go on, and which parts it began and ended with.
    let mut open = false;
    let mut ends: Vec<(Part, Part)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some(Tag { part, label }) = *tag else {
            open = false;
            continue;
        };
        match runs.last_mut().filter(|run| open && run.label == label) {
            Some(run) if matches!(part, Part::Inside | Part::Last) => {
                run.last = at;
                if let Some(end) = ends.last_mut() {
                    end.1 = part;
                }
            }
            _ => {
                runs.push(Run { first: at, last: at, label, fault: None });
                ends.push((part, part));
            }
        }
        open = matches!(part, Part::Begin | Part::Inside);
    }
    mark_faults(&mut runs, &ends);
    runs
}

/// Finds out which rules the tags keep, and the runs that do not.
fn mark_faults(runs: &mut [Run<'_>], ends: &[(Part, Part)]) {
    // In IOB1 a `B` only parts two runs of a label that touch.
    let parts = |at: usize, runs: &[Run<'_>]| {
        at > 0 && runs[at - 1].last + 1 == runs[at].first && runs[at - 1].label == runs[at].label
    };
    let begins = (0..runs.len()).any(|at| ends[at].0 == Part::Begin && !parts(at, runs));
    let has_ends = ends.iter().any(|end| matches!(end.1, Part::Last | Part::Single));
    for (run, (first, last)) in runs.iter_mut().zip(ends) {
        if matches!(first, Part::Inside | Part::Last) && (begins || has_ends) {
            run.fault = Some(Fault::NoBeginning);
        } else if has_ends && !matches!(last, Part::Last | Part::Single) {
            run.fault = Some(Fault::NoEnd);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs as `first-last:label`, with what is wrong.
    fn drawn(tags: &str) -> String {
        let tags: Vec<_> = tags.split(' ').map(Tag::parse).collect();
        let fault = |run: &Run<'_>| match run.fault {
            None => "",
            Some(Fault::NoBeginning) => "!b",
            Some(Fault::NoEnd) => "!e",
        };
        let runs = runs(&tags);
        let drawn = runs.iter().map(|run| format!("{}-{}:{}{}", run.first, run.last, run.label, fault(run)));
        drawn.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_scheme_is_understood() {
        for (tags, expected) in [
            // IOB2
            ("B-x I-x O B-x B-y I-y", "0-1:x 3-3:x 4-5:y"),
            ("B-x B-x I-x", "0-0:x 1-2:x"),
            // IOB1
            ("I-x I-x B-x O I-y", "0-1:x 2-2:x 4-4:y"),
            // BILOU, IOBES
            ("B-x I-x L-x U-x O U-y", "0-2:x 3-3:x 5-5:y"),
            ("B-x E-x S-x", "0-1:x 2-2:x"),
            // Labels with hyphens.
            ("B-a-b I-a-b", "0-1:a-b"),
            // Broken.
            ("B-x I-y O I-x", "0-0:x 1-1:y!b 3-3:x!b"),
            ("U-x B-x I-x O B-y L-x", "0-0:x 1-2:x!e 4-4:y!e 5-5:x!b"),
            ("L-x I-x", "0-0:x!b 1-1:x!b"),
        ] {
            assert_eq!(drawn(tags), expected, "{tags}");
        }
    }

    proptest! {
        #[test]
        fn every_tagged_token_is_in_one_run(tags in prop::collection::vec("[BILUESM]-[xy]|O", 0..12)) {
            let tags: Vec<_> = tags.iter().map(|tag| Tag::parse(tag)).collect();
            let mut covered = vec![None; tags.len()];
            for run in runs(&tags) {
                for label in &mut covered[run.first..=run.last] {
                    prop_assert_eq!(label.replace(run.label), None);
                }
            }
            prop_assert_eq!(covered, tags.iter().map(|tag| tag.map(|tag| tag.label)).collect::<Vec<_>>());
        }
    }
}
