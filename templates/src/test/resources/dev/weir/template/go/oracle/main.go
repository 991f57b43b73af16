// Answers what Go's own text/template makes of a template: one question a line on standard input,
// one answer a line on standard output, both JSON with texts in base64.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// KV is the record that tests use.
type KV struct {
	Key   string
	Value interface{}
}

// Box is the object that tests use: a value with methods.
type Box struct {
	Label string
}

func (b Box) Name() string                       { return "box " + b.Label }
func (b Box) Add(x, y int) int                   { return x + y }
func (b Box) Fail() (string, error)              { return "", errors.New("box is empty") }
func (b Box) Same() Box                          { return b }
func (b Box) String() string                     { return "Box<" + b.Label + ">" }
func (b Box) Join(sep string, p ...string) string { return strings.Join(p, sep) }

var functions = template.FuncMap{
	"add":     func(a, b int) int { return a + b },
	"toUpper": strings.ToUpper,
	"fail":    func() (string, error) { return "", errors.New("failed!") },
	"join":    func(sep string, parts ...string) string { return strings.Join(parts, sep) },
	"half":    func(f float64) float64 { return f / 2 },
	"flip":    func(b bool) bool { return !b },
	"natural": func(u uint) uint { return u },
	"same":    func(v interface{}) interface{} { return v },
	"count":   func(l []interface{}) int { return len(l) },
	"size":    func(m map[string]interface{}) int { return len(m) },
}

type file struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type question struct {
	Files      []file          `json:"files"`
	Data       json.RawMessage `json:"data"`
	MissingKey string          `json:"missingkey"`
	Times      int             `json:"times"`
}

type answer struct {
	Out   string  `json:"out"`
	Error *string `json:"error"`
	Nanos int64   `json:"nanos"`
}

var simple = map[string]reflect.Type{
	"any":  reflect.TypeOf((*interface{})(nil)).Elem(),
	"bool": reflect.TypeOf(true),
	"int":  reflect.TypeOf(0),
	"uint": reflect.TypeOf(uint(0)),
	"byte": reflect.TypeOf(byte(0)),
	"real": reflect.TypeOf(0.0),
	"text": reflect.TypeOf(""),
	"KV":   reflect.TypeOf(KV{}),
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<28)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			panic(err)
		}
		text, err := json.Marshal(answerTo(q))
		if err != nil {
			panic(err)
		}
		out.Write(text)
		out.WriteByte('\n')
		out.Flush()
	}
}

func answerTo(q question) answer {
	var written bytes.Buffer
	nanos, err := run(q, &written)
	a := answer{Out: base64.StdEncoding.EncodeToString(written.Bytes()), Nanos: nanos}
	if err != nil {
		text := base64.StdEncoding.EncodeToString([]byte(err.Error()))
		a.Error = &text
	}
	return a
}

func run(q question, written *bytes.Buffer) (int64, error) {
	var set *template.Template
	for _, f := range q.Files {
		text, err := base64.StdEncoding.DecodeString(f.Text)
		if err != nil {
			panic(err)
		}
		var t *template.Template
		if set == nil {
			set = template.New(f.Name).Funcs(functions)
			if q.MissingKey != "" {
				set.Option("missingkey=" + q.MissingKey)
			}
			t = set
		} else {
			t = set.New(f.Name)
		}
		if _, err := t.Parse(string(text)); err != nil {
			return 0, err
		}
	}
	data := value(q.Data)
	if q.Times == 0 {
		return 0, set.Execute(written, data)
	}
	best := int64(1) << 62
	for i := 0; i < q.Times; i++ {
		written.Reset()
		begin := time.Now()
		if err := set.Execute(written, data); err != nil {
			return 0, err
		}
		if took := time.Since(begin).Nanoseconds(); took < best {
			best = took
		}
	}
	return best, nil
}

func value(raw json.RawMessage) interface{} {
	var plain interface{}
	if err := json.Unmarshal(raw, &plain); err != nil {
		panic(err)
	}
	return convert(plain)
}

func convert(plain interface{}) interface{} {
	tagged, ok := plain.(map[string]interface{})
	if !ok {
		return plain
	}
	for tag, of := range tagged {
		switch tag {
		case "int":
			n, err := strconv.Atoi(of.(string))
			return must(n, err)
		case "uint":
			n, err := strconv.ParseUint(of.(string), 10, 64)
			return must(uint(n), err)
		case "byte":
			n, err := strconv.ParseUint(of.(string), 10, 8)
			return must(byte(n), err)
		case "real":
			n, err := strconv.ParseFloat(of.(string), 64)
			return must(n, err)
		case "bytes":
			b, err := base64.StdEncoding.DecodeString(of.(string))
			return must(string(b), err)
		case "func":
			return functions[of.(string)]
		case "box":
			return Box{of.(string)}
		case "kv":
			pair := of.([]interface{})
			return KV{convert(pair[0]).(string), convert(pair[1])}
		case "list":
			return list(of.([]interface{}))
		case "map":
			return dictionary(of.([]interface{}))
		}
	}
	panic(fmt.Sprint("unknown value: ", plain))
}

func must(value interface{}, err error) interface{} {
	if err != nil {
		panic(err)
	}
	return value
}

// list makes a slice of [element type, elements...], its capacity its length.
func list(of []interface{}) interface{} {
	made := reflect.MakeSlice(reflect.SliceOf(simple[of[0].(string)]), len(of)-1, len(of)-1)
	for i, element := range of[1:] {
		if v := convert(element); v != nil {
			made.Index(i).Set(reflect.ValueOf(v))
		}
	}
	return made.Interface()
}

// dictionary makes a map of [key type, value type, [key, value]...].
func dictionary(of []interface{}) interface{} {
	key, element := simple[of[0].(string)], simple[of[1].(string)]
	made := reflect.MakeMap(reflect.MapOf(key, element))
	for _, entry := range of[2:] {
		pair := entry.([]interface{})
		v := reflect.New(element).Elem()
		if held := convert(pair[1]); held != nil {
			v.Set(reflect.ValueOf(held))
		}
		made.SetMapIndex(reflect.ValueOf(convert(pair[0])), v)
	}
	return made.Interface()
}
