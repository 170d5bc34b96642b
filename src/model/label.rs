//! The label scheme: which labels there are, and which attributes and links each may carry.
//!
//! A scheme is data: annotations refer to it by id, and it travels in every project file. The
//! default one marks quotes, claims and entities.

use crate::model::{AttributeId, Extra, LabelId, LinkTypeId};

/// All labels, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelScheme {
    /// The labels.
    pub labels: Vec<Label>,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// One label.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What annotations refer to.
    pub id: LabelId,
    /// What the page shows.
    pub name: String,
    /// More than one of it, for counts.
    pub plural: String,
    /// How its line is drawn.
    pub line: Line,
    /// Which of the page's colours it has, from 1.
    pub colour: u8,
    /// The letter that applies it.
    pub key: char,
    /// When to use it, in a sentence.
    pub guideline: String,
    /// What may be said of an annotation with this label.
    pub attributes: Vec<Attribute>,
    /// Which links may start at it.
    pub links: Vec<LinkType>,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// How the line below a mark is drawn, so that colour never stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// ———
    #[default]
    Solid,
    /// – – –
    Dashed,
    /// · · ·
    Dotted,
}

/// Something optional that can be said of an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// What annotations refer to.
    pub id: AttributeId,
    /// What the page shows.
    pub name: String,
    /// The values it takes; none at all means free text.
    pub values: Vec<String>,
    /// Fields of a newer version.
    pub extra: Extra,
}

/// What values an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind<'a> {
    /// One of these.
    Choice(&'a [String]),
    /// Any words.
    Text,
}

impl Line {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
        }
    }

    /// Takes it as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Solid, Self::Dashed, Self::Dotted].into_iter().find(|line| line.as_str() == text)
    }
}

impl Attribute {
    /// What values it takes.
    pub fn kind(&self) -> ValueKind<'_> {
        if self.values.is_empty() { ValueKind::Text } else { ValueKind::Choice(&self.values) }
    }
}

/// A kind of link from one annotation to another.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkType {
    /// What annotations refer to.
    pub id: LinkTypeId,
    /// What the page shows.
    pub name: String,
    /// Labels that it may lead to; none at all means any.
    pub to: Vec<LabelId>,
    /// Whether an annotation may have several.
    pub many: bool,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl LabelScheme {
    /// The label with an id.
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }
}

impl Default for LabelScheme {
    /// Quote, claim and entity.
    fn default() -> Self {
        let quote = Label {
            id: LabelId::new("quote"),
            name: "Quote".into(),
            plural: "quotes".into(),
            line: Line::Solid,
            colour: 1,
            key: 'q',
            guideline: "The words given as somebody's, with their quotation marks.".into(),
            attributes: vec![
                choice("form", "Form", &["direct", "indirect", "mixed"]),
                choice("basis", "Speaker known by", &["explicit", "pronoun", "carried"]),
            ],
            links: vec![
                link("speaker", "Speaker", &["entity"], false),
                link("continues", "Continues", &["quote"], false),
            ],
            extra: Extra::default(),
        };
        let claim = Label {
            id: LabelId::new("claim"),
            name: "Claim".into(),
            plural: "claims".into(),
            line: Line::Dashed,
            colour: 2,
            key: 'c',
            guideline: "One statement that could be true or false.".into(),
            attributes: vec![
                choice("type", "Type", &["fact", "number", "cause", "prediction", "opinion"]),
                choice("checkable", "Checkable", &["yes", "hard", "no"]),
                choice("voice", "Voice", &["source", "article"]),
            ],
            links: vec![link("claimant", "Claimant", &["entity"], false), link("evidence", "Evidence", &[], true)],
            extra: Extra::default(),
        };
        let entity = Label {
            id: LabelId::new("entity"),
            name: "Entity".into(),
            plural: "entities".into(),
            line: Line::Dotted,
            colour: 3,
            key: 'e',
            guideline: "One name of a person, an organisation, a place or a date.".into(),
            attributes: vec![
                choice("type", "Type", &["person", "organisation", "place", "date", "other"]),
                choice("role", "Role", &["official", "expert", "witness", "affected", "document", "unnamed"]),
                choice("name", "Full name", &[]),
            ],
            links: vec![link("same-as", "Same as", &["entity"], false)],
            extra: Extra::default(),
        };
        Self { labels: vec![quote, claim, entity], extra: Extra::default() }
    }
}

fn choice(id: &str, name: &str, values: &[&str]) -> Attribute {
    Attribute {
        id: AttributeId::new(id),
        name: name.into(),
        values: values.iter().map(|&value| value.into()).collect(),
        extra: Extra::default(),
    }
}

fn link(id: &str, name: &str, to: &[&str], many: bool) -> LinkType {
    LinkType {
        id: LinkTypeId::new(id),
        name: name.into(),
        to: to.iter().map(|&label| LabelId::new(label)).collect(),
        many,
        extra: Extra::default(),
    }
}
