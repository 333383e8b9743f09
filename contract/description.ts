import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** A JSON Schema of draft 2020-12. */
const jsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof jsonSchema>;

const content = z.record(z.string(), z.strictObject({ schema: jsonSchema, example: z.unknown().optional() }));
const parameter = z.strictObject({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: jsonSchema });
const answer = z.union([z.strictObject({ $ref: z.string() }), z.strictObject({ description: z.string(), content: content.optional() })]);

export const operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string(),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  /** By HTTP status. */
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), answer),
  /** Any one of these opens it; none at all: anybody. */
  security: z.array(z.record(z.string(), z.array(z.string()))),
  /** Who may. `permission` is the word that the right goes by, absent where no right is asked for. */
  'x-needs': z.strictObject({ who: z.string(), permission: z.string().optional() }),
  /** A dangerous act: asks for a proof of who it is, unless one was given within the last ten minutes. */
  'x-confirmed': z.boolean(),
  /** How often, beside the general limit. */
  'x-limit': z.strictObject({ name: z.string(), points: z.int(), seconds: z.int() }).optional(),
  /** Types of the events that a success records. */
  'x-records': z.array(z.string()),
});
export type Operation = z.infer<typeof operation>;

/** An OpenAPI 3.1 document, as far as this API makes use of it. */
export const openApi = z.strictObject({
  openapi: z.literal('3.1.1'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  /** By path and method in lower case. */
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string(), jsonSchema),
    responses: z.record(z.string(), z.strictObject({ description: z.string(), content })),
    securitySchemes: z.record(z.string(), z.record(z.string(), z.string())),
  }),
});
export type OpenApi = z.infer<typeof openApi>;

export const getDescription = endpoint('GET', '/openapi.json', 'This API as OpenAPI 3.1, for programs and their makers.', {
  result: openApi,
});
