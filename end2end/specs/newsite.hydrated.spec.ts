// The form of a new site looks at what is typed while it is typed.
import { awake, expect, test } from '../house';

test('a name and an address are judged while they are typed, and as Tableau will write them', async ({ page, context, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/sites/new');
  await awake(page);
  const [name, address] = [page.getByLabel('Name', { exact: true }), page.getByLabel('Address', { exact: true })];
  await name.pressSequentially('Test Site');
  await expect(address).toHaveValue('testsite');
  await address.fill('test.site');
  await expect(page.getByText('It becomes: testsite')).toBeVisible();
  await address.fill('...');
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await name.fill('Finance');
  await expect(page.getByText('Another site of this tenant has the name.')).toBeVisible();
  await name.fill('Another market');
  await expect(page.getByText('Another site of this tenant has the name.')).toHaveCount(0);
});
