//! The labelling configuration: the XML that tells a project which labels, attributes and links there are.
//!
//! It names the whole label scheme and whatever else is in the file. Of one that is read only the field of the text
//! is taken. Characters that XML 1.0 can't have become U+FFFD.

use super::{LABEL, TEXT, is_choice, tag_name};
use crate::formats::draft::label_name;
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The colours of the page's labels, in their order.
const COLOURS: &[&str] = &["#c2410c", "#1d4ed8", "#15803d", "#7e22ce", "#b45309", "#0e7490", "#be185d", "#4d7c0f"];

/// What is in the file.
#[derive(Default)]
pub(super) struct Tags {
    /// Labels by the names of their tag and of that of the text.
    labels: BTreeMap<(String, String), BTreeSet<String>>,
    /// Values by the names of attributes' tags; `None` where they are free words.
    attributes: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Kinds of links.
    pub(super) links: BTreeSet<String>,
    /// The field of the text of each task.
    pub(super) text_fields: Vec<String>,
}

impl Tags {
    pub(super) fn label(&mut self, from: &str, to: &str, label: &str) {
        self.labels.entry((from.into(), to.into())).or_default().insert(label.into());
    }

    /// Takes an attribute that is in the file, with its value where it is chosen from some.
    pub(super) fn attribute(&mut self, tag: &str, choice: Option<&str>) {
        let values = self.attributes.entry(tag.into()).or_insert_with(|| choice.map(|_| BTreeSet::new()));
        if let (Some(values), Some(choice)) = (values, choice) {
            values.insert(choice.into());
        }
    }
}

/// The field of the data that a labelling configuration shows as text.
pub(super) fn text_field(config: &str) -> Option<&str> {
    let tag = config.split('<').find(|tag| tag.starts_with("Text ") || tag.starts_with("HyperText "))?;
    let (tag, _) = tag.split_once('>')?;
    let value = tag.split_once("value=").map(|(_, value)| value.trim_start())?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next()?.strip_prefix('$').filter(|field| !field.is_empty())
}

/// Writes the configuration.
pub(super) fn write(scheme: &LabelScheme, tags: &Tags) -> String {
    let usual = (LABEL.to_owned(), TEXT.to_owned());
    let mut all_tags: Vec<_> = tags.labels.keys().collect();
    if all_tags.is_empty() {
        all_tags.push(&usual);
    }
    let mut xml = String::from("<View>\n  <Style>.htx-text { white-space: pre-wrap; }</Style>\n");
    for (from, to) in all_tags.iter().copied() {
        labels(&mut xml, scheme, tags, from, to);
    }
    let kinds = scheme.labels.iter().flat_map(|label| &label.links).map(|link| link.id.to_string());
    let kinds: BTreeSet<String> = kinds.chain(tags.links.iter().cloned()).collect();
    if !kinds.is_empty() {
        xml.push_str("  <Relations>\n");
        for kind in &kinds {
            // Writing to memory can't fail.
            let _ = writeln!(xml, "    <Relation value=\"{}\"/>", escaped(kind));
        }
        xml.push_str("  </Relations>\n");
    }
    let field = tags.text_fields.first().map_or(TEXT, String::as_str);
    let texts: BTreeSet<&str> = all_tags.iter().map(|(_, to)| to.as_str()).collect();
    for text in &texts {
        let _ = writeln!(
            xml,
            "  <Text name=\"{}\" value=\"${}\" granularity=\"word\" saveTextResult=\"yes\"/>",
            escaped(text),
            escaped(field),
        );
    }
    let (from, to) = all_tags[0];
    attributes(&mut xml, scheme, tags, from, to);
    xml.push_str("</View>\n");
    xml
}

/// The tag of labels; the usual one has all labels of the scheme.
fn labels(xml: &mut String, scheme: &LabelScheme, tags: &Tags, from: &str, to: &str) {
    let _ = writeln!(xml, "  <Labels name=\"{}\" toName=\"{}\">", escaped(from), escaped(to));
    let used = tags.labels.get(&(from.to_owned(), to.to_owned()));
    let mut written = BTreeSet::new();
    for label in &scheme.labels {
        let name = label_name(&label.id, scheme);
        if from == LABEL || used.is_some_and(|used| used.contains(&name)) {
            let colour = COLOURS[usize::from(label.colour.saturating_sub(1)) % COLOURS.len()];
            let (value, key) = (escaped(&name), escaped(&label.key.to_string()));
            let _ = writeln!(xml, "    <Label value=\"{value}\" background=\"{colour}\" hotkey=\"{key}\"/>");
            written.insert(name);
        }
    }
    for name in used.into_iter().flatten().filter(|name| !written.contains(*name)) {
        let _ = writeln!(xml, "    <Label value=\"{}\"/>", escaped(name));
    }
    xml.push_str("  </Labels>\n");
}

/// The tag of an attribute.
#[derive(Default)]
struct Tag {
    name: String,
    /// Its values; `None` where they are free words.
    values: Option<Vec<String>>,
    /// The labels that have it.
    labels: Vec<String>,
}

/// The tags of attributes: those of the label scheme in its order, then the others.
fn attribute_tags(scheme: &LabelScheme, tags: &Tags) -> Vec<Tag> {
    let mut all: Vec<Tag> = Vec::new();
    for label in &scheme.labels {
        for attribute in &label.attributes {
            let name = tag_name(attribute.id.as_str());
            let at = all.iter().position(|tag| tag.name == name).unwrap_or_else(|| {
                let values = is_choice(scheme, attribute.id.as_str()).then(Vec::new);
                all.push(Tag { name, values, ..Tag::default() });
                all.len() - 1
            });
            all[at].labels.push(label_name(&label.id, scheme));
            all[at].values.iter_mut().for_each(|values| values.extend(attribute.values.iter().cloned()));
        }
    }
    for (name, used) in &tags.attributes {
        match all.iter_mut().find(|tag| tag.name == *name) {
            Some(tag) => {
                tag.values = used.as_ref().map(|used| tag.values.iter().flatten().chain(used).cloned().collect())
            }
            None => {
                let values = used.as_ref().map(|used| used.iter().cloned().collect());
                all.push(Tag { name: name.clone(), values, ..Tag::default() });
            }
        }
    }
    for values in all.iter_mut().filter_map(|tag| tag.values.as_mut()) {
        let mut met = BTreeSet::new();
        values.retain(|value| met.insert(value.clone()));
    }
    all
}

/// The tags of attributes, each shown with the labels that have it.
fn attributes(xml: &mut String, scheme: &LabelScheme, tags: &Tags, from: &str, to: &str) {
    for Tag { name, values, labels } in attribute_tags(scheme, tags) {
        let mut with = format!("name=\"{}\" toName=\"{}\" perRegion=\"true\"", escaped(&name), escaped(to));
        // Labels are told apart by commas there.
        if !labels.is_empty() && labels.iter().all(|label| !label.contains(',')) {
            let labels = escaped(&labels.join(","));
            let _ = write!(with, " whenTagName=\"{}\" whenLabelValue=\"{labels}\"", escaped(from));
        }
        match values {
            Some(values) => {
                let _ = writeln!(xml, "  <Choices {with}>");
                for value in values {
                    let _ = writeln!(xml, "    <Choice value=\"{}\"/>", escaped(&value));
                }
                xml.push_str("  </Choices>\n");
            }
            None => {
                let _ = writeln!(xml, "  <TextArea {with} maxSubmissions=\"1\"/>");
            }
        }
    }
}

/// A value of an attribute of XML.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_the_text_is_found() {
        for (config, expected) in [
            ("<View><Labels name=\"l\" value=\"$x\"/><Text name=\"t\" value=\"$article\"/></View>", Some("article")),
            ("<HyperText value='$html' name='t'/>", Some("html")),
            ("<Text name=\"t\" value=\"plain\"/>", None),
            ("<Text name=\"t\" value=", None),
            ("<Texts value=\"$a\"/>", None),
            ("", None),
        ] {
            assert_eq!(text_field(config), expected, "{config}");
        }
    }

    #[test]
    fn what_xml_can_not_have_is_replaced() {
        assert_eq!(escaped("a<b>&\"\n\u{1}é"), "a&lt;b&gt;&amp;&quot;&#10;\u{fffd}é");
    }
}
