/** A request that is answered by an error. */
export class ApiError extends Error {
  readonly status: number;
  readonly field: string | undefined;
  readonly remedy: string | undefined;
  readonly allowed: readonly string[];

  constructor(
    status: number, name: string, message: string,
    more: { field?: string; remedy?: string; allowed?: readonly string[] } = {},
  ) {
    super(message);
    this.status = status;
    this.name = name;
    this.field = more.field;
    this.remedy = more.remedy;
    this.allowed = more.allowed ?? [];
  }

  static notFound(what: string): ApiError {
    return new ApiError(404, 'NotFound', what);
  }

  /** For what only servers of another kind have. */
  static notSupported(capability: string): ApiError {
    return new ApiError(501, 'NotSupported', `this server lacks ${capability}`, { remedy: 'GET /capabilities tells what it has' });
  }

  response(): Response {
    const { name, message, field, remedy } = this;
    const error = { name, message, ...(field === undefined ? {} : { field }), ...(remedy === undefined ? {} : { remedy }) };
    const response = Response.json({ error }, { status: this.status });
    if (this.allowed.length > 0) {
      response.headers.set('Allow', this.allowed.join(', '));
    }
    if (this.status === 401) {
      response.headers.set('WWW-Authenticate', 'Bearer');
    }
    return response;
  }
}

/** A field of a request is wrong. */
export class InvalidField extends ApiError {
  constructor(field: string, problem: string) {
    super(400, 'InvalidField', problem, { field });
  }
}
