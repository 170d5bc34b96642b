//! Workspaces to write, by hand and at random.

use annotator::exchange::{Answer, Intake};
use annotator::formats::{self, Plan, Reading, project};
use annotator::model::*;
use annotator::text::{Offset, Span, Text};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

/// The sample that is nasty on purpose.
pub const FESTIVAL: &str = include_str!("../../seeds/festival-sign.txt");
/// A short sample.
pub const MEALS: &str = include_str!("../../seeds/meals-pilot.txt");

pub fn moment(second: u32) -> Timestamp {
    let text = format!("2031-03-14T09:{:02}:{:02}.589Z", second / 60 % 60, second % 60);
    Timestamp::parse(&text).expect("a moment")
}

pub fn writer() -> WriterId {
    WriterId::new("w")
}

pub fn extra(value: Value) -> Extra {
    match &value {
        Value::Object(_) => Extra::new(&value.to_string()),
        other => panic!("{other} has no fields"),
    }
}

pub fn article(id: &str, text: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        text: Rc::new(Text::new(text)),
        title: format!("About {id}"),
        source: "Lantern Lane Wire".into(),
        date: "2030-06-14".into(),
        byline: String::new(),
        extractor: String::new(),
        encoding: "UTF-8".into(),
        done: false,
        created: moment(1),
        changed: moment(2),
        extra: Extra::default(),
    }
}

pub fn mark(id: &str, label: &str, start: u32, end: u32) -> Annotation {
    let span = Span::between(Offset::new(start), Offset::new(end));
    Annotation::new(AnnotationId::new(id), LabelId::new(label), span, moment(3))
}

pub fn add_article(workspace: &mut Workspace, article: Article) {
    workspace.apply(&Change::Article { before: None, after: Some(Rc::new(article)) });
}

pub fn add(workspace: &mut Workspace, article: &str, annotator: &str, annotation: Annotation) {
    let sheet = SheetKey { article: ArticleId::new(article), annotator: AnnotatorCode::new(annotator) };
    workspace.apply(&Change::Annotation { sheet, before: None, after: Some(Rc::new(annotation)) });
}

/// Two short articles with something of everything, also of a newer version.
pub fn small() -> Workspace {
    let mut workspace = Workspace::default();
    let mut first = article("t-w-00001", "“No,” said Zoë 👍🏽.\r\n“No.”\r\n");
    first.extra = extra(json!({"region": "north", "length": {"words": 5}}));
    add_article(&mut workspace, first);
    add_article(&mut workspace, article("t-w-00002", "We open at nine."));
    let mut quote = mark("a-w-00003", "quote", 0, 5);
    quote.attributes.insert(AttributeId::new("form"), "direct".into());
    quote.links.push(Link {
        kind: LinkTypeId::new("speaker"),
        to: AnnotationId::new("a-w-00004"),
        extra: extra(json!({"sure": true})),
    });
    quote.note = "Curly marks \"and\" straight ones,\nover two lines".into();
    quote.extra = extra(json!({"weight": 0.5, "quote": {"language": "en"}, "utf16": {"bom": false}}));
    add(&mut workspace, "t-w-00001", "A1", quote);
    add(&mut workspace, "t-w-00001", "A1", mark("a-w-00004", "entity", 11, 14));
    add(&mut workspace, "t-w-00001", "A1", mark("a-w-00005", "quote", 20, 25));
    add(&mut workspace, "t-w-00001", "B2", mark("a-w-00006", "claim", 15, 17));
    add(&mut workspace, "t-w-00002", "A1", mark("a-w-00007", "claim", 0, 16));
    let keyed = json!({"article": "t-w-00001", "annotator": "B2", "reviewed": [1, 2]});
    let top = json!({"locale": "en-CA", "annotators": [{"code": "A1", "role": "student"}], "sheets": [keyed]});
    workspace.apply(&Change::Extra { before: Extra::default(), after: extra(top) });
    workspace
}

pub fn export(workspace: &Workspace) -> String {
    let written = project::write(workspace, None, &moment(59), "annotator 0.1.0");
    assert_eq!(written.issues, []);
    written.content
}

/// What is read of a file.
pub fn read(source: &str) -> Reading {
    project::read(source).unwrap_or_else(|error| panic!("{error}\n{source}"))
}

/// The issues of a reading as a person sees them.
pub fn words(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

/// Applies a plan to a copy, checking that each change fits, that all can be taken back, and that the plan stays the
/// same on the way from one thread to another.
pub fn apply(plan: &Plan, workspace: &Workspace) -> Workspace {
    let answer = Answer::Read(Intake { plan: Some(plan.clone()), ..Intake::default() });
    let bytes = answer.pack();
    assert_eq!(Answer::unpack(&bytes, &Answer::texts(&bytes), workspace), Some(answer));
    let mut after = workspace.clone();
    for change in &plan.changes {
        assert!(change.fits(&after), "{change:?}");
        after.apply(change);
    }
    let mut back = after.clone();
    change::inverse(&plan.changes).iter().for_each(|change| back.apply(change));
    assert_eq!(export(&back), export(workspace));
    after.next_id = plan.next_id;
    after
}

pub fn import(source: &str, workspace: &Workspace) -> (Workspace, Plan) {
    let plan = formats::plan(&read(source), workspace, &writer(), &moment(50));
    (apply(&plan, workspace), plan)
}

/// A text of pieces that are hard to count.
pub fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("👨‍👩‍👧‍👦"),
        Just("🇰🇷"),
        Just("👍🏽"),
        Just("e\u{301}"),
        Just("\r\n"),
        Just("\r"),
        Just("\n"),
        Just("\t"),
        Just("תמר שדמון"),
        Just("ليلى"),
        Just("नमस्ते"),
        Just("서다온"),
        Just("𝒜"),
        Just("\u{200b}"),
        Just("\u{a0}"),
        Just("\u{feff}"),
        Just("\0"),
        Just("\u{2028}"),
        Just("“No,” "),
        Just("\"\\/"),
        Just("word "),
        Just("é"),
        Just(" "),
    ];
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => ".{0,4}"], 0..40)
        .prop_map(|pieces| pieces.concat())
}

fn any_extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        Just(json!(null)),
        any::<i32>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,5}".prop_map(|s| json!({"deep": [s]})),
    ];
    let fields = prop::collection::vec(("x-\\PC{0,6}", value), 0..3);
    prop_oneof![
        5 => Just(Extra::default()),
        1 => fields.prop_map(|fields| extra(fields.into_iter().collect())),
    ]
}

fn any_moment() -> impl Strategy<Value = Timestamp> {
    (0u32..3600).prop_map(moment)
}

/// An annotation without a place; the place comes when the text is known.
fn any_annotation() -> impl Strategy<Value = (Annotation, prop::sample::Index, u32, Vec<prop::sample::Index>)> {
    let said = (
        prop::sample::select(vec!["quote", "claim", "entity"]),
        prop::collection::btree_map("[a-zé-]{1,8}", "\\PC{0,10}", 0..3),
        ".{0,20}",
        any::<(bool, u8)>(),
        (any_moment(), any_moment()),
        any_extra(),
    );
    (said, any::<prop::sample::Index>(), 1u32..30, prop::collection::vec(any::<prop::sample::Index>(), 0..3)).prop_map(
        |((label, attributes, note, (confirmed, origin), (created, changed), extra), at, len, links)| {
            let mut annotation = mark("", label, 0, 0);
            let values = attributes.into_iter().map(|(id, value)| (AttributeId::new(id), value.into()));
            annotation.attributes = values.collect::<Vec<_>>().into();
            annotation.note = note.into();
            annotation.status = if confirmed { Status::Confirmed } else { Status::Proposed };
            annotation.origin =
                [Origin::Hand, Origin::Program, Origin::File, Origin::Anchored][usize::from(origin) % 4];
            (annotation.created, annotation.changed, annotation.extra) = (created, changed, extra);
            (annotation, at, len, links)
        },
    )
}

fn any_article(number: usize) -> impl Strategy<Value = (Article, Vec<(String, Vec<Annotation>)>)> {
    let facts = (".{0,12}", ".{0,12}", prop_oneof![Just(String::new()), ".{0,12}"], "[a-z]{0,3}");
    let about = (any_text(), facts, any::<bool>(), any_moment(), any_moment(), any_extra());
    let sheet = || prop::collection::vec(any_annotation(), 0..12);
    (about, sheet(), sheet()).prop_map(move |((text, facts, done, created, changed, extra), one, two)| {
        let mut article = article(&format!("t-v-{number}"), &text);
        (article.title, article.date, article.byline, article.extractor) = facts;
        article.done = done;
        (article.created, article.changed, article.extra) = (created, changed, extra);
        let sheets = [("A1", one), ("Ω", two)].map(|(annotator, drafts)| {
            (annotator.to_owned(), place(&format!("a-{number}-{annotator}"), article.text.len().get(), drafts))
        });
        (article, sheets.into())
    })
}

type Draft = (Annotation, prop::sample::Index, u32, Vec<prop::sample::Index>);

/// Gives drafts their ids, places in a text of `len` code points, and links among them; twins go.
fn place(prefix: &str, len: u32, drafts: Vec<Draft>) -> Vec<Annotation> {
    let mut placed = Vec::<Annotation>::new();
    if len == 0 {
        return placed;
    }
    for (number, (mut annotation, at, wanted, links)) in drafts.into_iter().enumerate() {
        let start = at.index(len as usize) as u32;
        let span = Span::between(Offset::new(start), Offset::new((start + wanted).min(len)));
        if placed.iter().any(|other| other.span == span && other.label == annotation.label) {
            continue;
        }
        let link = |to: prop::sample::Index| Link {
            kind: LinkTypeId::new("evidence"),
            to: to.get(&placed).id.clone(),
            extra: Extra::default(),
        };
        annotation.links = links.into_iter().filter(|_| !placed.is_empty()).map(link).collect();
        annotation.id = AnnotationId::new(format!("{prefix}-{number}"));
        annotation.span = span;
        placed.push(annotation);
    }
    placed
}

/// Articles with nested and crossing annotations of two annotators.
pub fn any_workspace() -> impl Strategy<Value = Workspace> {
    let articles = (0usize..4).prop_flat_map(|count| (0..count).map(any_article).collect::<Vec<_>>());
    (articles, any_extra()).prop_map(|(articles, extra)| {
        let mut workspace = Workspace::default();
        for (article, sheets) in articles {
            let id = article.id.to_string();
            add_article(&mut workspace, article);
            for (annotator, annotations) in sheets {
                annotations.into_iter().for_each(|annotation| add(&mut workspace, &id, &annotator, annotation));
            }
        }
        workspace.extra = extra;
        workspace
    })
}
