//! Tags: the label first, then attributes as `name: value`, then whatever else there is.

use crate::formats::draft::MarkDraft;
use crate::limits;

/// The label of an annotation without tags: with words of its own, and without.
pub(super) const UNTAGGED: [&str; 2] = ["comment", "highlight"];

/// Takes label and attributes from tags; gives back those that are neither.
pub(super) fn take(tags: Vec<String>, mark: &mut MarkDraft) -> Vec<String> {
    let mut tags = tags.into_iter();
    let untagged = UNTAGGED[usize::from(mark.note.is_empty())];
    mark.label = tags.next().filter(|tag| !tag.is_empty()).unwrap_or_else(|| untagged.to_owned());
    let mut others = Vec::new();
    for tag in tags {
        match attribute(&tag) {
            Some((name, value))
                if mark.attributes.len() < limits::LIST && mark.attributes.iter().all(|(other, _)| *other != name) =>
            {
                mark.attributes.push((name, value));
            }
            _ => others.push(tag),
        }
    }
    others
}

/// The tag of an attribute.
pub(super) fn of_attribute(name: &str, value: &str) -> String {
    format!("{}: {value}", escaped(name))
}

fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace(':', "%3A")
}

/// The attribute that a tag is; `None` where it is no such tag.
fn attribute(tag: &str) -> Option<(String, String)> {
    let (written, value) = tag.split_once(": ")?;
    let name = written.replace("%3A", ":").replace("%25", "%");
    (!name.is_empty() && escaped(&name) == written).then(|| (name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_tag_is_the_label() {
        for (tags, note, label, attributes, others) in [
            (
                vec!["Claim", "type: fact", "to do", "type: cause"],
                "",
                "Claim",
                vec![("type", "fact")],
                vec!["to do", "type: cause"],
            ),
            (vec![], "So?", "comment", vec![], vec![]),
            (vec![], "", "highlight", vec![], vec![]),
            (vec!["a: b", "50%: c", ": d"], "", "a: b", vec![], vec!["50%: c", ": d"]),
        ] {
            let mut mark = MarkDraft { note: note.into(), ..MarkDraft::default() };
            let rest = take(tags.into_iter().map(str::to_owned).collect(), &mut mark);
            let found: Vec<_> = mark.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(
                (mark.label.as_str(), found, rest),
                (label, attributes, others.into_iter().map(str::to_owned).collect())
            );
        }
    }

    proptest! {
        #[test]
        fn every_attribute_comes_back(name in "[a:% 5AÉ]{1,8}", value in ".{0,12}") {
            prop_assert_eq!(attribute(&of_attribute(&name, &value)), Some((name, value)));
        }

        #[test]
        fn every_tag_that_is_an_attribute_is_written_again(tag in "[a:% 35A]{0,12}") {
            if let Some((name, value)) = attribute(&tag) {
                prop_assert_eq!(of_attribute(&name, &value), tag);
            }
        }
    }
}
