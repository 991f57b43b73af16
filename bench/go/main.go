// Renders what TemplateBenchmark renders, with Go's own text/template: medians and percentiles of
// many runs after a warm-up. Arguments: the template's file.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"text/template"
	"time"
)

const membersPerPool = 100

func member(pool, number int) map[string]interface{} {
	state := "ready"
	if number%20 == 0 {
		state = "maint"
	}
	return map[string]interface{}{
		"name":   fmt.Sprintf("member%d", number),
		"host":   fmt.Sprintf("10.0.%d.%d", pool%250, number),
		"port":   8080,
		"weight": 1 + number,
		"backup": number%10 == 0,
		"state":  state,
	}
}

func data(members int) map[string]interface{} {
	var pools []interface{}
	for p := 0; p < members/membersPerPool; p++ {
		var list []interface{}
		for m := 0; m < membersPerPool; m++ {
			list = append(list, member(p, m))
		}
		pools = append(pools, map[string]interface{}{
			"name": fmt.Sprintf("pool%d", p), "balance": "roundrobin", "check": "/healthz", "members": list,
		})
	}
	return map[string]interface{}{"pools": pools}
}

func measure(what string, run func()) {
	for end := time.Now().Add(time.Second); time.Now().Before(end); {
		run()
	}
	var took []float64
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); {
		begin := time.Now()
		run()
		took = append(took, float64(time.Since(begin).Nanoseconds())/1e6)
	}
	sort.Float64s(took)
	fmt.Printf("%s: %s p50 %.3f, p99 %.3f, min %.3f ms (n=%d)\n", runtime.Version(), what,
		took[len(took)/2], took[len(took)*99/100], took[0], len(took))
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	parsed := template.Must(template.New("t").Parse(string(text)))
	for _, members := range []int{1000, 10000} {
		d := data(members)
		measure(fmt.Sprintf("render %d members", members), func() {
			var out bytes.Buffer
			if err := parsed.Execute(&out, d); err != nil {
				panic(err)
			}
		})
	}
	var long strings.Builder
	for strings.Count(long.String(), "\n") < 500 {
		long.Write(text)
	}
	measure("parse 500 lines", func() {
		template.Must(template.New("t").Parse(long.String()))
	})
}
