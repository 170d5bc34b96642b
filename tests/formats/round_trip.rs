//! Every format, with every choice, on workspaces that are hard to write.

use crate::law::check_law;
use crate::make::*;
use annotator::formats::catalog::{FORMATS, Format};
use annotator::model::*;
use proptest::prelude::*;

/// The samples that come along, marked up: overlapping, nested, across lines, cutting words and emoji.
pub fn samples() -> Workspace {
    let mut workspace = Workspace::default();
    let texts = [FESTIVAL, MEALS, include_str!("../../seeds/water-meters.txt")];
    assert_eq!(texts.len(), annotator::samples::SAMPLES.len(), "every sample is here");
    for (number, text) in texts.into_iter().enumerate() {
        let id = format!("t-w-{number:05}");
        add_article(&mut workspace, article(&id, text));
        let len = text.chars().count() as u32;
        for (count, start) in (0..len).step_by(61).enumerate() {
            let label = ["quote", "claim", "entity"][count % 3];
            let annotator = if count % 7 == 0 { "B2" } else { "A1" };
            let mut mark = mark(&format!("a-w-{number}{count:05}"), label, start, (start + 1 + start % 90).min(len));
            if count % 5 == 0 {
                mark.note = "=SUM(A1), \"so\"\nand on".into();
                mark.attributes.insert(AttributeId::new("form"), "direct".into());
            }
            if count % 4 == 3 {
                mark.status = Status::Proposed;
            }
            if count % 7 != 0 && (count - 1) % 7 != 0 {
                let to = AnnotationId::new(format!("a-w-{number}{:05}", count - 1));
                mark.links.push(Link { kind: LinkTypeId::new("speaker"), to, extra: Extra::default() });
            }
            add(&mut workspace, &id, annotator, mark);
        }
    }
    workspace
}

/// Articles with the text of another, with words and without, each by two annotators.
fn twins() -> Workspace {
    let mut workspace = Workspace::default();
    for (number, text) in ["We open.", "", "We open.", "", "We close."].into_iter().enumerate() {
        let id = format!("t-w-{number:05}");
        add_article(&mut workspace, article(&id, text));
        if !text.is_empty() {
            add(&mut workspace, &id, "A1", mark(&format!("a-w-1{number:04}"), ["claim", "quote"][number % 2], 0, 2));
            add(&mut workspace, &id, "B2", mark(&format!("a-w-2{number:04}"), "entity", 3, 4 + number as u32 % 3));
        }
    }
    workspace
}

/// Every set of choices of a format, one choice differing from the first values at a time.
pub fn choices(format: &Format) -> Vec<Vec<(&'static str, &'static str)>> {
    let mut sets = vec![Vec::new()];
    for choice in format.writes.iter().flat_map(|writes| writes.options) {
        sets.extend(choice.values[1..].iter().map(|(value, _)| vec![(choice.id, *value)]));
    }
    sets
}

pub fn written() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.writes.is_some() && format.reads.is_some())
}

#[test]
fn the_samples_come_back_from_every_format() {
    let (samples, small, twins) = (samples(), small(), twins());
    for format in written() {
        for chosen in choices(format) {
            check_law(format, &chosen, &samples);
            check_law(format, &chosen, &small);
            check_law(format, &chosen, &twins);
            check_law(format, &chosen, &Workspace::default());
        }
    }
}

#[test]
fn the_project_file_loses_nothing() {
    let project = annotator::formats::catalog::by_id("project").expect("the project file");
    assert!(check_law(project, &[], &samples()).is_none());
    assert!(check_law(project, &[], &small()).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_workspace_comes_back_from_every_format(workspace in any_workspace(), pick in any::<prop::sample::Index>()) {
        for format in written() {
            let choices = choices(format);
            check_law(format, &choices[pick.index(choices.len())], &workspace);
        }
    }
}
