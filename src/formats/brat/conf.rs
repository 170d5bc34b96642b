//! The settings of a collection: which labels, links and attributes there are.
//!
//! brat marks what they do not name as an error, so that they name the whole label scheme and whatever else is in the
//! files. Any label may have any link and attribute.

use super::{STATUS, type_name, write::written_value};
use crate::formats::draft::label_name;
use crate::model::{LabelScheme, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What is in the files, as it is written there.
#[derive(Default)]
pub(super) struct Used {
    pub(super) labels: BTreeSet<String>,
    /// Kinds of relations with the names of their arguments.
    pub(super) relations: BTreeSet<(String, [String; 2])>,
    /// Kinds of relations without a direction.
    pub(super) equivalences: BTreeSet<String>,
    /// Labels of triggers.
    pub(super) events: BTreeSet<String>,
    /// Kinds of arguments of events.
    pub(super) roles: BTreeSet<String>,
    /// Values by their attributes.
    pub(super) attributes: BTreeMap<String, BTreeSet<String>>,
}

/// Writes the settings.
pub(super) fn write(scheme: &LabelScheme, used: &Used) -> String {
    let mut conf = String::from("[entities]\n\n");
    let known: Vec<_> = scheme.labels.iter().map(|label| type_name(&label_name(&label.id, scheme))).collect();
    let others = used.labels.iter().filter(|label| !known.contains(label));
    for label in known.iter().chain(others) {
        conf.extend([label, "\n"]);
    }
    conf.push_str("\n[relations]\n\n");
    for (kind, [from, to]) in relations(scheme, used) {
        // Writing to memory can't fail.
        let _ = writeln!(conf, "{kind}\t{from}:<ENTITY>, {to}:<ENTITY>");
    }
    for kind in &used.equivalences {
        let _ = writeln!(conf, "{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive");
    }
    conf.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
    conf.push_str("\n[events]\n\n");
    let roles: Vec<_> = used.roles.iter().map(|role| format!("{role}*:<ENTITY>")).collect();
    for event in &used.events {
        let _ = writeln!(conf, "{event}\t{}", roles.join(", "));
    }
    conf.push_str("\n[attributes]\n\n");
    for (name, values) in attributes(scheme, used) {
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        let values = if values == [super::TRUE] { String::new() } else { format!(", Value:{}", values.join("|")) };
        let _ = writeln!(conf, "{name}\tArg:<ANY>{values}");
    }
    conf
}

fn relations(scheme: &LabelScheme, used: &Used) -> BTreeSet<(String, [String; 2])> {
    let kinds = scheme.labels.iter().flat_map(|label| &label.links).map(|link| type_name(link.id.as_str()));
    let known = kinds.map(|kind| (kind, ["Arg1", "Arg2"].map(str::to_owned)));
    let mut relations = used.relations.clone();
    for relation in known {
        if relations.iter().all(|(kind, _)| *kind != relation.0) {
            relations.insert(relation);
        }
    }
    relations
}

/// All attributes with their values; those whose values are free words only with the ones that are in use.
fn attributes(scheme: &LabelScheme, used: &Used) -> BTreeMap<String, BTreeSet<String>> {
    let mut attributes = used.attributes.clone();
    for attribute in scheme.labels.iter().flat_map(|label| &label.attributes) {
        let values = attribute.values.iter().map(|value| written_value(value));
        attributes.entry(type_name(attribute.id.as_str())).or_default().extend(values);
    }
    attributes.entry(STATUS.into()).or_default().insert(Status::Proposed.as_str().into());
    attributes.retain(|_, values| !values.is_empty());
    attributes
}
