//! What an import changes in a workspace that already holds something.

use crate::make::*;
use annotator::formats::{self, Plan, Severity, Summary};
use annotator::model::*;
use serde_json::json;
use std::rc::Rc;

fn told(plan: &Plan) -> Vec<String> {
    plan.issues.iter().map(ToString::to_string).collect()
}

fn key(article: &str) -> SheetKey {
    SheetKey { article: ArticleId::new(article), annotator: AnnotatorCode::new("A1") }
}

fn remove(workspace: &mut Workspace, article: &str, id: &str) {
    let before = workspace.sheet(&key(article)).and_then(|s| s.get(&AnnotationId::new(id))).cloned();
    assert!(before.is_some());
    workspace.apply(&Change::Annotation { sheet: key(article), before, after: None });
}

#[test]
fn what_is_missing_is_added_what_differs_stays() {
    let file = export(&small());
    let (mut here, _) = import(&file, &Workspace::default());
    remove(&mut here, "t-w-00001", "a-w-00005");
    let before = here.annotation(&ArticleId::new("t-w-00001"), &AnnotationId::new("a-w-00003")).cloned();
    let mut other = (**before.as_ref().expect("it is there")).clone();
    other.note = "mine".into();
    here.apply(&Change::Annotation { sheet: key("t-w-00001"), before, after: Some(Rc::new(other.clone())) });
    let (after, plan) = import(&file, &here);
    assert_eq!(
        plan.summary,
        Summary { articles_merged: 2, annotations_added: 1, already_here: 3, different_here: 1, ..Summary::default() }
    );
    assert_eq!(told(&plan), ["annotation “a-w-00003” differs in the file; it stays as it is here"]);
    let sheet = after.own_sheet(&ArticleId::new("t-w-00001"));
    assert_eq!(sheet.get(&other.id).map(|a| a.note.to_string()), Some("mine".into()));
    assert!(sheet.get(&AnnotationId::new("a-w-00005")).is_some());
    let article = |workspace: &Workspace, id| workspace.article(&ArticleId::new(id)).cloned().expect("an article");
    assert_eq!(article(&after, "t-w-00001").changed, moment(50));
    assert_eq!(article(&after, "t-w-00002"), article(&here, "t-w-00002"));
}

#[test]
fn another_text_under_the_same_id_comes_as_a_copy_with_ids_of_its_own() {
    let mut here = Workspace::default();
    add_article(&mut here, article("t-w-00001", "Quite another text."));
    add(&mut here, "t-w-00001", "A1", mark("a-w-00003", "claim", 0, 5));
    here.next_id = 4;
    let (after, plan) = import(&export(&small()), &here);
    assert_eq!((plan.summary.articles_new, plan.summary.articles_copied, plan.summary.annotations_added), (2, 1, 5));
    assert_eq!(plan.issues.iter().filter(|issue| issue.severity == Severity::Warning).count(), 1, "{:?}", told(&plan));
    // Ids of the file that are from the same writer are passed over: 7 is the last of them.
    let copy = after.article(&ArticleId::new("t-w-00008")).expect("the copy");
    assert_eq!(copy.text.as_str(), small().article(&ArticleId::new("t-w-00001")).expect("it").text.as_str());
    assert_eq!(copy.extra, small().article(&ArticleId::new("t-w-00001")).expect("it").extra);
    let sheet = after.own_sheet(&copy.id);
    let ids: Vec<_> = sheet.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["a-w-00009", "a-w-00010", "a-w-00011"]);
    assert_eq!(sheet.iter().next().expect("the quote").links[0].to.as_str(), "a-w-00010");
    assert_eq!(after.sheet(&key("t-w-00001")), here.sheet(&key("t-w-00001")));
    assert_eq!(plan.next_id, 13);
    assert!(after.sheets_of(&copy.id).any(|(annotator, _)| annotator.as_str() == "B2"));
}

#[test]
fn a_twin_under_another_id_is_the_same_mark_and_links_follow_it() {
    let mut here = Workspace::default();
    let original = small();
    add_article(&mut here, (**original.article(&ArticleId::new("t-w-00001")).expect("it")).clone());
    add(&mut here, "t-w-00001", "A1", mark("a-mine", "entity", 11, 14));
    let (after, plan) = import(&export(&original), &here);
    assert_eq!((plan.summary.already_here, plan.summary.annotations_added), (1, 4), "{:?}", told(&plan));
    let sheet = after.own_sheet(&ArticleId::new("t-w-00001"));
    assert!(sheet.get(&AnnotationId::new("a-w-00004")).is_none());
    let quote = sheet.get(&AnnotationId::new("a-w-00003")).expect("the quote");
    assert_eq!(quote.links[0].to.as_str(), "a-mine");
    // A second time there is nothing left to do.
    let (_, again) = import(&export(&original), &after);
    assert_eq!((again.changes.len(), again.summary.already_here, again.summary.different_here), (0, 5, 0));
}

#[test]
fn labels_are_added_and_never_redefined() {
    let mut other = small();
    let mut scheme = (**other.scheme()).clone();
    let mut label = scheme.labels[0].clone();
    (label.id, label.name, label.key) = (LabelId::new("rumour"), "Rumour".into(), 'r');
    scheme.labels.push(label);
    scheme.labels[1].name = "Assertion".into();
    other.apply(&Change::Scheme { before: other.scheme().clone(), after: Rc::new(scheme.clone()) });
    add(&mut other, "t-w-00002", "A1", mark("a-r", "rumour", 0, 2));
    let file = export(&other);
    // An empty workspace takes the file's scheme as it is.
    let (empty, _) = import(&file, &Workspace::default());
    assert_eq!(**empty.scheme(), scheme);
    let mut here = Workspace::default();
    add_article(&mut here, article("t-x", "Here."));
    let (after, plan) = import(&file, &here);
    let names: Vec<_> = after.scheme().labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["Quote", "Claim", "Entity", "Rumour"]);
    assert_eq!(plan.summary.labels_added, 1);
    assert!(told(&plan)[0].contains("the label “claim” is defined otherwise in the file"), "{:?}", told(&plan));
    assert_eq!(after.own_sheet(&ArticleId::new("t-w-00002")).count(&LabelId::new("rumour")), 1);
}

#[test]
fn without_a_scheme_in_the_file_that_of_the_workspace_counts() {
    let mut file: serde_json::Value = serde_json::from_str(&export(&small())).expect("JSON");
    file.as_object_mut().expect("an object").shift_remove("scheme");
    file["sheets"][0]["annotations"][1]["label"] = json!("rumour");
    let (after, plan) = import(&file.to_string(), &Workspace::default());
    assert_eq!((plan.summary.set_aside, plan.summary.annotations_added), (1, 4));
    assert!(told(&plan)[0].contains("its label “rumour” is neither in the file's scheme nor here"));
    assert_eq!(after.own_sheet(&ArticleId::new("t-w-00001")).len(), 2);
}

#[test]
fn the_annotator_and_unknown_fields_come_only_into_an_empty_workspace() {
    let mut other = small();
    other.apply(&Change::Annotator { before: AnnotatorCode::default(), after: AnnotatorCode::new("B2") });
    let file = export(&other);
    let (empty, _) = import(&file, &Workspace::default());
    assert_eq!((empty.annotator().as_str(), &empty.extra), ("B2", &other.extra));
    assert_eq!(export(&empty), file);
    let mut here = Workspace::default();
    add_article(&mut here, article("t-x", "Here."));
    let (after, plan) = import(&file, &here);
    assert_eq!((after.annotator().as_str(), after.extra.is_empty()), ("A1", true));
    assert_eq!(
        told(&plan),
        ["fields of a newer version at the top of the file were left out: locale, annotators, sheets"]
    );
}

#[test]
fn sheets_that_outlived_their_article_give_way_to_the_file() {
    let file = export(&small());
    let (mut here, _) = import(&file, &Workspace::default());
    add(&mut here, "t-w-00001", "A1", mark("a-late", "claim", 1, 3));
    add(&mut here, "t-w-00001", "C3", mark("a-later", "claim", 1, 3));
    remove(&mut here, "t-w-00002", "a-w-00007");
    for article in small().articles() {
        here.apply(&Change::Article { before: here.article(&article.id).cloned(), after: None });
    }
    let (after, plan) = import(&file, &here);
    assert_eq!(export(&after), file);
    assert_eq!(plan.summary.annotations_added, 5);
}

#[test]
fn a_plan_changes_nothing_by_itself() {
    let here = small();
    let before = export(&here);
    let mut other = small();
    add(&mut other, "t-w-00002", "A1", mark("a-new", "claim", 0, 2));
    let plan = formats::plan(&read(&export(&other)), &here, &writer(), &moment(50));
    assert_eq!(plan.changes.len(), 2);
    assert_eq!(export(&here), before);
}
