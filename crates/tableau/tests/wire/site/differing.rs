//! The words for codes know the operations by their names.

use std::collections::HashSet;

use model::codes;
use tableau::SITE_OPERATIONS;

#[test]
fn words_for_an_operation_are_for_one_that_there_is() {
    let names: HashSet<_> = SITE_OPERATIONS.iter().map(|row| row.name.as_str()).collect();
    let mut count = 0;
    for (operation, code) in codes::differing() {
        assert!(names.contains(operation), "{operation} {code}");
        count += 1;
    }
    assert!(count > 10);
}
