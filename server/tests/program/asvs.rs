//! The list of what OWASP's verification standard asks for: whole, honest in form, and every proof that it names exists.

use std::{collections::BTreeSet, path::Path};

/// Requirements of levels 1, 2 and 3 in version 5.0.
const OF_EACH_LEVEL: [usize; 3] = [70, 183, 92];

struct Line {
    id: String,
    level: usize,
    state: String,
    proof: String,
    note: String,
}

fn lines() -> Vec<Line> {
    let text = std::fs::read_to_string(workspace().join("docs/asvs.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id,level,state,proof,note"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [id, level, state, proof, note] = cells[..] else { panic!("not five cells: {line}") };
            let text = |cell: &str| cell.to_owned();
            Line {
                id: text(id),
                level: level.parse().unwrap(),
                state: text(state),
                proof: text(proof),
                note: text(note),
            }
        })
        .collect()
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn every_requirement_of_the_standard_stands_in_the_list_once_with_a_state() {
    let lines = lines();
    let ids: BTreeSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), lines.len());
    for (at, number) in OF_EACH_LEVEL.into_iter().enumerate() {
        assert_eq!(lines.iter().filter(|line| line.level == at + 1).count(), number, "level {}", at + 1);
    }
    for Line { id, state, proof, note, .. } in &lines {
        let parts: Vec<&str> = id.strip_prefix('V').unwrap_or_default().split('.').collect();
        assert!(parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok()), "{id}");
        match state.as_str() {
            "kept" | "partly" => assert!(!proof.is_empty(), "{id} names no proof"),
            "not" => assert!(proof.is_empty(), "{id} is not kept, so there is no proof of it"),
            "not applicable" => assert!(proof.is_empty() && !note.is_empty(), "{id} does not say why"),
            other => panic!("{id}: {other}"),
        }
    }
    assert!(lines.iter().filter(|line| line.level == 3 && line.state == "kept").count() >= 29);
}

#[test]
fn every_proof_that_the_list_names_exists() {
    for line in lines() {
        for proof in line.proof.split_whitespace() {
            let (path, test) = proof.split_once('#').unwrap_or((proof, ""));
            let text = std::fs::read_to_string(workspace().join(path));
            let text = text.unwrap_or_else(|_| panic!("{}: there is no {path}", line.id));
            if !test.is_empty() {
                let (before, _) = text
                    .split_once(&format!("fn {test}("))
                    .unwrap_or_else(|| panic!("{}: {path} has no test {test}", line.id));
                let marks = before.rsplit_once('}').map_or(before, |(_, marks)| marks);
                assert!(marks.contains("test]"), "{}: {test} in {path} is no test", line.id);
            }
        }
    }
}
