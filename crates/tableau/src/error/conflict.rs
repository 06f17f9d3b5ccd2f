//! Which jobs stand in the way of a request.

use model::JobId;
use serde_json::Value;

/// The jobs that a refusal names, each once.
///
/// The vendor's page does not show it. A public client model knows of a list of objects with `jobId` beside the error
/// body, but not under which name; so any list will do.
pub(crate) fn jobs_in_the_way(body: &[u8]) -> Vec<JobId> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return Vec::new() };
    let lists = fields.values().filter_map(Value::as_array);
    let mut jobs = Vec::new();
    for item in lists.flatten() {
        let id = item.get("jobId").and_then(Value::as_str).and_then(|text| JobId::parse(text.trim()).ok());
        jobs.extend(id.filter(|id| !jobs.contains(id)));
    }
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = "9d222c6d-893e-4e79-8201-3c9ca16a0f39";

    #[test]
    fn jobs_are_found_under_any_name() {
        let body = format!(
            r#"{{"message":"m","what":[{{"jobId":"{JOB}","bulkOpType":"X"}},{{"jobId":"{JOB}"}},{{"jobId":7}},"x"]}}"#
        );
        assert_eq!(jobs_in_the_way(body.as_bytes()), [JobId::parse(JOB).unwrap()]);
    }

    #[test]
    fn an_answer_without_jobs_names_none() {
        for body in
            ["", "[]", "<html>", r#"{"message":"m"}"#, r#"{"jobs":[]}"#, r#"{"jobs":[{"jobId":"soon"}]}"#]
        {
            assert_eq!(jobs_in_the_way(body.as_bytes()), [], "{body}");
        }
    }
}
