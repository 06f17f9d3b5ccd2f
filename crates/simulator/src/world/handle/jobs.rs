//! The handle's methods for jobs: look at them, and decide how they go.

use std::time::Duration;

use uuid::Uuid;

use crate::world::World;
use crate::world::facts::{ImportFacts, JobFacts, OrderedJob};
use crate::world::jobs::Course;
use crate::world::settings::JobFate;

impl World {
    /// The id of an example job, for example `import-partial` or `running`.
    pub fn job(&self, example: &str) -> Option<String> {
        self.jobs().into_iter().find(|job| job.example == example).map(|job| job.id)
    }

    /// Every example job.
    pub fn jobs(&self) -> Vec<JobFacts> {
        self.read(|state| {
            let examples = state.jobs.iter().filter(|job| !job.example.is_empty());
            examples
                .map(|job| JobFacts {
                    id: job.id.to_string(),
                    example: job.example.to_owned(),
                    what: job.what.to_owned(),
                })
                .collect()
        })
    }

    /// Every job that was ordered over the API, oldest first.
    pub fn ordered_jobs(&self) -> Vec<OrderedJob> {
        let now = self.now();
        self.change(|state| {
            let ordered = state.jobs.iter_mut().filter(|job| matches!(job.course, Course::Ordered(_)));
            ordered
                .map(|job| {
                    let progress = job.progress(now);
                    OrderedJob {
                        id: job.id.to_string(),
                        operation: job.operation.to_owned(),
                        status: progress.now().0.to_owned(),
                        rows: job.rows.len(),
                        successful: progress.successful,
                        failed: progress.failed,
                    }
                })
                .collect()
        })
    }

    /// Sets how long jobs take that are ordered from now on: so long, and for each row so much more.
    pub fn set_job_pace(&self, job: Duration, row: Duration) {
        let most = time::Duration::days(365);
        let (job, row) = (job.try_into().unwrap_or(most), row.try_into().unwrap_or(most));
        self.change(|state| (state.settings.job_takes, state.settings.row_takes) = (job, row));
    }

    /// Sets how jobs end that are ordered from now on.
    pub fn set_job_fate(&self, fate: JobFate) {
        self.change(|state| state.settings.fate = fate);
    }

    /// Changes how an ordered job ends; false when there is no such job. What it has done stays done.
    pub fn change_job(&self, id: &str, fate: JobFate) -> bool {
        let id = Uuid::parse_str(id).unwrap_or_default();
        self.change(|state| {
            let job = state.jobs.iter_mut().find(|job| job.id == id);
            match job.map(|job| &mut job.course) {
                Some(Course::Ordered(work)) => {
                    work.fate = fate;
                    true
                }
                _ => false,
            }
        })
    }

    /// Lets every row about this person fail with this code, until `clear_refused_rows`.
    pub fn refuse_rows(&self, user_name: &str, code: &str) {
        let (name, code) = (user_name.to_lowercase(), code.to_owned());
        self.change(|state| state.settings.refused_rows.insert(name, code));
    }

    /// Lets rows succeed again.
    pub fn clear_refused_rows(&self) {
        self.change(|state| state.settings.refused_rows.clear());
    }

    /// The files that were sent for import, oldest first; the newest hundred are kept.
    pub fn imports(&self) -> Vec<ImportFacts> {
        self.read(|state| state.imports.iter().cloned().collect())
    }
}
