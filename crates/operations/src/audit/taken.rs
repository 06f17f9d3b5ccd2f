//! Files that members take away, in the audit log: what they asked for, and how much of it they got.

use std::future::Future;

use model::{Act, Problem};
use serde::Serialize;
use serde_json::Value;

use crate::{Caller, Exported, Operations, gate::Outcome};

impl Operations {
    /// Makes a file. For a member it stands in the log before it is made: without that line there is no file.
    pub(crate) async fn taken_away(
        &self,
        caller: &Caller,
        what: &str,
        query: String,
        made: impl Future<Output = Result<(Exported, usize), Problem>>,
    ) -> Result<Exported, Problem> {
        if !caller.is_member() {
            return made.await.map(|(file, _)| file);
        }
        let act = Act::Export { what: what.to_owned(), query };
        let begun = self.begin(caller, crate::ticket(), &act, None).await?;
        match made.await {
            Ok((file, rows)) => {
                begun.finish(Outcome::done(&format!("{rows} rows"))).await?;
                Ok(file)
            }
            Err(problem) => {
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }
}

/// What a query asks for, as the log keeps it: the parts that say something.
pub(crate) fn said(query: &impl Serialize) -> String {
    let told = parts(query).into_iter().filter(|(name, _)| name != "page");
    told.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")
}

/// The parts of a query that say something, by name.
pub(super) fn parts(query: &impl Serialize) -> Vec<(String, String)> {
    let Ok(Value::Object(parts)) = serde_json::to_value(query) else { return Vec::new() };
    let told = parts.into_iter().filter_map(|(name, value)| {
        let value = match value {
            Value::String(text) if !text.is_empty() => text,
            Value::Null | Value::Bool(false) | Value::String(_) => return None,
            Value::Array(all) if all.is_empty() => return None,
            value => value.to_string(),
        };
        Some((name, value))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use model::people::PeopleQuery;

    use super::said;

    #[test]
    fn a_query_is_told_by_the_parts_that_say_something() {
        let sought = PeopleQuery { search: "elsewhere".to_owned(), ..PeopleQuery::default() };
        let told = said(&sought);
        assert!(told.contains("search: elsewhere") && !told.contains("page"), "{told}");
    }
}
