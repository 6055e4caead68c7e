import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting, groupsOf, partsOf, typeOf } from '../assets/js/model/openapi.js';

const document = {
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' }, worker: { type: 'http', scheme: 'basic' } },
    parameters: { limit: { name: 'limit', in: 'query', description: 'How many.', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } } },
    responses: { Job: { description: 'The job.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } } } },
    schemas: {
      Job: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 9 }, after: { type: 'array', items: { $ref: '#/components/schemas/Job' } }, tasks: { type: 'object', properties: { total: { type: 'integer' } } } } },
    },
  },
  paths: {
    '/api/v1/jobs': {
      parameters: [{ $ref: '#/components/parameters/limit' }],
      get: { operationId: 'list', summary: 'All jobs.', responses: { 200: { $ref: '#/components/responses/Job' } } },
      post: { operationId: 'make', summary: 'Makes one.', 'x-role': 'artist', security: [{ token: [] }], requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } } }, responses: {} },
      delete: { operationId: 'clear', security: [{ token: [] }], responses: {} },
    },
    '/api/v1/jobs/{id}/log': { get: { operationId: 'log', security: [], responses: {} } },
    '/register': { post: { operationId: 'register', security: [{ worker: [] }], tags: ['workers'], responses: {} } },
  },
};

test('operations are grouped by what their paths are about, or by their tags', () => {
  assert.deepEqual(groupsOf(document).map(({ name, operations }) => [name, operations.map(({ id }) => id)]), [['jobs', ['list', 'make', 'clear', 'log']], ['workers', ['register']]]);
});

test('each operation says who may call it', () => {
  const access = Object.fromEntries(groupsOf(document).flatMap(({ operations }) => operations).map((one) => [one.id, one.access]));
  assert.deepEqual(access, { list: 'viewer', make: 'artist', clear: 'wrangler', log: 'anybody', register: 'worker' });
});

test('parameters, bodies and answers are followed to where they are written', () => {
  const [list, make] = groupsOf(document)[0].operations;
  assert.deepEqual(list.parameters, [{ name: 'limit', place: 'query', required: false, text: 'How many.', type: 'integer 1…100 = 50' }]);
  assert.deepEqual(list.answers.map(({ status, text }) => [status, text]), [['200', 'The job.']]);
  assert.equal(make.body.required, true);
  assert.deepEqual(make.body.contents[0].parts.map(({ name, depth, required }) => [name, depth, required]), [['name', 0, true], ['after', 0, false], ['tasks', 0, false], ['total', 1, false]]);
});

test('a schema that has itself as a part ends', () => {
  assert.equal(partsOf({ $ref: '#/components/schemas/Job' }, document).filter(({ name }) => name === 'after').length, 1);
});

test('types are written in a few signs', () => {
  assert.equal(typeOf({ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, document), '("a" | "b")[]');
  assert.equal(typeOf({ type: 'string', format: 'date-time', nullable: true }, document), 'string date-time | null');
  assert.equal(typeOf({ type: 'string', minLength: 1 }, document), 'string 1…');
  assert.equal(typeOf({}, document), 'any');
});

test('the search wants every word, wherever it is', () => {
  const ids = (text) => fitting(groupsOf(document), text).flatMap(({ operations }) => operations.map(({ id }) => id));
  assert.deepEqual(ids('POST artist'), ['make']);
  assert.deepEqual(ids('limit jobs'), ['list', 'make', 'clear']);
  assert.deepEqual(ids('nothing'), []);
});
