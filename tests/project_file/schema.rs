//! Real exports are as the published schema says, and the schema refuses what is not.

use crate::make::*;
use annotator::model::Workspace;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../static/schema/annotator-project-1.json");

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "the schema is a schema");
    jsonschema::validator_for(&schema).expect("the schema can be used")
}

fn errors(validator: &jsonschema::Validator, file: &Value) -> Vec<String> {
    validator.iter_errors(file).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn exports_are_as_the_schema_says() {
    let validator = validator();
    let check = |workspace: &Workspace| {
        let file = serde_json::from_str(&export(workspace)).expect("JSON");
        assert_eq!(errors(&validator, &file), Vec::<String>::new());
    };
    check(&small());
    check(&Workspace::default());
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&any_workspace(), |workspace| {
            check(&workspace);
            Ok(())
        })
        .expect("every export fits");
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = validator();
    let good: Value = serde_json::from_str(&export(&small())).expect("JSON");
    for (path, wrong) in [
        ("/format", json!("other")),
        ("/version", json!(0)),
        ("/exported", json!("yesterday")),
        ("/annotators/0/code", json!("")),
        ("/scheme/labels/0/line", json!("wavy")),
        ("/scheme/labels/0/key", json!("qq")),
        ("/articles/0/sha256", json!("abc")),
        ("/articles/0/length/utf16", json!(-1)),
        ("/articles/0/created", json!("2031-03-14T09:26:53Z")),
        ("/sheets/0/annotations/0/id", json!("a\nb")),
        ("/sheets/0/annotations/0/start", json!(1.5)),
        ("/sheets/0/annotations/0/end", json!(0)),
        ("/sheets/0/annotations/0/quote/exact", json!("")),
        ("/sheets/0/annotations/0/attributes/form", json!(1)),
        ("/sheets/0/annotations/0/links/0/to", json!(null)),
        ("/sheets/0/annotations/0/status", json!("maybe")),
    ] {
        let mut file = good.clone();
        *file.pointer_mut(path).unwrap_or_else(|| panic!("{path} is not there")) = wrong;
        let errors = errors(&validator, &file);
        assert!(!errors.is_empty() && errors.iter().all(|error| error.starts_with(path)), "{path}: {errors:?}");
    }
}

/// Every object of an export, by the path of one of its kind.
const OBJECTS: &[&str] = &[
    "",
    "/scheme",
    "/scheme/labels/0",
    "/annotators/0",
    "/articles/0",
    "/articles/0/length",
    "/sheets/0",
    "/sheets/0/annotations/0",
    "/sheets/0/annotations/0/utf16",
    "/sheets/0/annotations/0/bytes",
    "/sheets/0/annotations/0/quote",
    "/sheets/0/annotations/0/links/0",
];

#[test]
fn every_field_is_in_the_schema_and_may_be_joined_by_others() {
    let validator = validator();
    let good: Value = serde_json::from_str(&export(&small())).expect("JSON");
    for path in OBJECTS {
        let mut file = good.clone();
        let object = file.pointer_mut(path).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{path}"));
        object.insert("of-a-newer-version".into(), json!({"any": ["thing"]}));
        assert_eq!(errors(&validator, &file), Vec::<String>::new(), "{path}");
        let names: Vec<String> =
            good.pointer(path).and_then(Value::as_object).expect("an object").keys().cloned().collect();
        let optional =
            ["region", "words", "weight", "language", "bom", "sure", "locale", "role", "attributes", "links"];
        for name in names.iter().filter(|name| !optional.contains(&name.as_str())) {
            let mut file = good.clone();
            file.pointer_mut(path).and_then(Value::as_object_mut).expect("an object").shift_remove(name);
            assert_eq!(errors(&validator, &file).len(), 1, "{path} without {name}");
        }
    }
}
