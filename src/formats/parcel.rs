//! A workspace, and what an import would change of it, as bytes: for the way from the thread that shows to the one
//! that reads, and back.
//!
//! Two programs of one build talk to each other here, at one moment: there is no version, and no reason to
//! distrust what comes. It is not a form to store.

use crate::formats::{Issue, Place, Plan, Severity, Summary};
use crate::model::record::{In, Out, Source, decode_snapshot, encode_snapshot, put_change};
use crate::model::{Change, Workspace};
use crate::order::order;
use crate::text::{Text, TextHash};
use std::rc::Rc;

/// In the order of their numbers.
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

/// Puts all of a workspace, with its texts.
pub(crate) fn put_workspace(out: &mut Out, workspace: &Workspace) {
    let articles = workspace.articles();
    put_texts(out, articles.iter().map(|article| &article.text));
    out.blob(&encode_snapshot(workspace));
}

/// Takes a workspace; `None` where the bytes are none.
pub(crate) fn take_workspace(from: &mut In<'_>) -> Option<Workspace> {
    let texts = take_texts(from)?;
    decode_snapshot(from.blob(), &|hash| find(&texts, hash)).ok()
}

/// Puts the texts that a plan brings in; those of articles that were here before stay here.
pub(crate) fn put_new_texts(out: &mut Out, plan: &Plan) {
    let texts = plan.changes.iter().filter_map(|change| match change {
        Change::Article { before: None, after: Some(article) } => Some(&article.text),
        _ => None,
    });
    put_texts(out, texts);
}

/// Packs a plan without its texts.
pub(crate) fn pack_plan(plan: &Plan) -> Vec<u8> {
    let mut out = Out::default();
    out.list(&plan.changes, put_change);
    out.number(plan.next_id);
    numbers(&mut { plan.summary }).into_iter().for_each(|number| out.number(*number as u64));
    out.list(&plan.issues, put_issue);
    out.0
}

/// Unpacks a plan; `None` where the bytes are none, or a text is neither in `texts` nor `here`.
pub(crate) fn unpack_plan(bytes: &[u8], texts: &[Rc<Text>], here: &Workspace) -> Option<Plan> {
    let articles = here.articles();
    let at_hand = |hash: &TextHash| articles.iter().find(|article| article.text.hash() == hash);
    let find = |hash: &TextHash| find(texts, hash).or_else(|| at_hand(hash).map(|article| article.text.clone()));
    let mut source = Source::new(In::new(bytes), &find);
    let changes = source.list(Source::change);
    let next_id = source.sequence();
    let mut summary = Summary::default();
    for number in numbers(&mut summary) {
        *number = source.bytes.small() as usize;
    }
    let issues = source.list(issue);
    source.close(Plan { changes, next_id, summary, issues }).ok()
}

/// The numbers of a summary, in the order of the bytes.
fn numbers(summary: &mut Summary) -> [&mut usize; 9] {
    [
        &mut summary.articles_new,
        &mut summary.articles_copied,
        &mut summary.articles_merged,
        &mut summary.labels_added,
        &mut summary.annotations_added,
        &mut summary.annotations_moved,
        &mut summary.already_here,
        &mut summary.different_here,
        &mut summary.set_aside,
    ]
}

/// Puts texts, each once where they follow each other as one object.
fn put_texts<'a>(out: &mut Out, texts: impl Iterator<Item = &'a Rc<Text>>) {
    let mut all: Vec<&Rc<Text>> = Vec::new();
    for text in texts {
        if all.last().is_none_or(|last| !Rc::ptr_eq(last, text)) {
            all.push(text);
        }
    }
    out.list(&all, |out, text| {
        out.text(text.hash().as_str());
        out.text(text.as_str());
    });
}

/// Takes texts, in the order of their hashes; `None` where the bytes are none.
pub(crate) fn take_texts(from: &mut In<'_>) -> Option<Vec<Rc<Text>>> {
    let mut texts: Vec<Rc<Text>> = Vec::new();
    for _ in 0..from.number() {
        let (hash, content) = (TextHash::parse(from.text())?, from.text());
        texts.push(Rc::new(Text::with_hash(content.into(), hash)));
    }
    // In the order of their hashes, for there may be thousands.
    let order = order(texts.len(), &|a, b| texts[a].hash().cmp(texts[b].hash()));
    (!from.is_broken()).then(|| order.into_iter().map(|at| texts[at].clone()).collect())
}

fn find(texts: &[Rc<Text>], hash: &TextHash) -> Option<Rc<Text>> {
    texts.binary_search_by(|text| text.hash().cmp(hash)).ok().map(|at| texts[at].clone())
}

fn put_issue(out: &mut Out, issue: &Issue) {
    out.number(SEVERITIES.iter().position(|severity| *severity == issue.severity).unwrap_or_default() as u64);
    out.text(&issue.message);
    out.option(issue.place.as_ref(), |out, place| {
        out.number(place.line.into());
        out.number(place.column.into());
    });
}

fn issue(from: &mut Source<'_>) -> Issue {
    Issue {
        severity: from.choice(&SEVERITIES),
        message: from.string(),
        place: from.option(|from| Place { line: from.bytes.small(), column: from.bytes.small() }),
    }
}
